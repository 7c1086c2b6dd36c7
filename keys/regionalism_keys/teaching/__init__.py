"""What teachers need and students must not have: plans, the two tests with their answers, marked samples."""
