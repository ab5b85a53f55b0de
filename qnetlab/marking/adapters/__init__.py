"""To other graders and learning platforms: one module each; none of them is needed to import this package.

``gradescope`` writes an autograder and its ``results.json``, ``canvas`` a gradebook for its import, ``nbgrader`` takes
the place of nbgrader's Execute step, ``gradebook`` fills nbgrader's gradebook through its own API.
"""
