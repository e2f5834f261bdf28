"""The printed handbook of a course or a module: what stands in it, composed for `certificates.pdf.book`.

`contents` reads the live pages, `lessons` draws one lesson for paper, `composing` makes the book. The
words of blocks are in the templates under `courses/pdf/`; asking for one and keeping it is the business
of `courses.handbooks`.
"""
