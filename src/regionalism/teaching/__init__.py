"""What teachers need and students must not have: plans, slides, paper cards, the two tests, marked samples.

This package knows how a plan or a test is made, checked and shown. What they say lies with the keys
(`regionalism_keys.teaching`), which no copy for students holds.
"""
