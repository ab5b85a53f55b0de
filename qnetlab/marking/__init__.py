"""Graded runs: a folder of notebooks goes in; marks, and a report for every student, come out.

The trusted side reads, compares and writes; ``sandbox`` holds what runs beside it and inside. A student's code and the
checks never share a process: answers leave the sandbox as plain data and are rebuilt here.

``collect`` finds submissions, ``notebooks`` reads one, ``attempt`` has it executed, ``plain`` rebuilds its answers,
``marks`` judges them, ``worker`` does these four for one submission after the other, ``batch`` for a whole class.
"""
