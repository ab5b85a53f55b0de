"""Practice: exercises with feedback that names the mistake, predictions, and what was done so far.

An exercise is a folder of text and small answer files; nothing in here knows a particular one. ``exercises`` finds and
reads them, ``judging`` decides, ``practice`` is what a notebook calls. A circuit is judged by what it does, computed
exactly and branch by branch, never by how it is written.
"""
