"""Course packages: a course as a folder of readable text files, all its languages in them.

`schema` says what a file may hold, `reading` finds every fault in a package, `importing` writes a
faultless package into the database, `exporting` writes a course out again without loss.
"""
