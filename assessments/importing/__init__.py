"""Between files and the bank: items of ``interchange`` as rows, rows as items, and what waits to be imported.

``rows`` and ``items`` are each other's inverse but for the keys, which are new for every import.
``pending`` holds the verbs: nothing enters the bank before ``take_in``.
"""
