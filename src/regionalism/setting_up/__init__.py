"""What a computer needs before the course can run on it: the doctor, and the folder of wheels for no network.

Only the standard library. `doctor` and what it imports keep to a Python that even 2.7 reads, since they have to tell
the owner of an old Python what is wrong; `pack` runs in the course's environment and is written for today's Python.
"""
