"""What runs a student's code: the ladder of isolation, the warm interpreter, and the runner inside.

``ladder`` finds the strongest isolation of this machine and starts ``zygote`` in it: a warm interpreter that forks once
per submission. ``jail`` locks the fork in, ``runner`` executes the cells, ``recorder`` and ``encode`` send answers out
as plain data over ``wire``. Nothing that comes out of ``runner`` is believed.
"""
