"""The words that lie beside the files, for whoever opens them in ten years."""

EVERYTHING = """Everything of an office that used Alongside
===========================================

Nothing here needs Alongside. Text is UTF-8.

families/CODE/index.html      a family's statements as people read them; open it in a browser
families/CODE/statements.csv  the same as a table for a spreadsheet (one sheet for each family)
families/office/              the office's own record: who worked here, which roles, what was opened
statements.jsonl              every statement to the byte, one JSON object on each line
tables/NAME.jsonl             what lies beside the statements, one JSON object on each line
manifest.json                 how many there are, and what is left out and why
SHA256SUMS                    the sum of every file; `sha256sum -c SHA256SUMS` looks

This folder holds everything anybody said, sealed things too, with nothing hidden from its reader. It is not
encrypted. Keep it as you keep the key of the archive.

A statement in statements.jsonl

  pk            its place: family number * 1048576 + its number in that family. Family 0 is the office
  id            32 hex digits, as addresses and papers name it
  thing, within, answers   places: what it moves on, lies inside, answers (or null)
  saw           how far the writer had read when it was written
  kind          such as dialogue.passage
  author, speaker          persons by number; speaker null: the author. Names: statements of kind families.met
  via           through whom it was heard, in order
  basis         own-words, seen, told, professional-view, act
  mark          team, professionals, persons, sealed: who may read it besides those named
  so, so_first, so_last    when it was so, as it was said, and its bounds as days (ordinals from 0001-01-01 = 1)
  learnt_at, written_at    when it was learnt and written
  recorded_at   when the record received it: microseconds since 1970 in UTC
  body          what was said; words is a list of {lang, text}
  about, readers           whom it is about; who was named, and because of what; meant: no reader
  salt, hash, once         the commitment, below, and the key of the act

Checking a commitment, with SHA-256 and SHAKE-256 alone. J(x) is JSON with sorted keys and no blanks.

  salts   = SHAKE256("alongside.salts.v1" 00 salt), 96 bytes: three salts of 32, for body, said, kept in this order
  part(n) = SHA256("alongside.part.v1" 00 salt_n name_n 00 bytes_n)
  body    = J(body)
  said    = J({author, speaker, via, basis, so, so_first, so_last, learnt_at, written_at, recorded_at})
  kept    = J({family, seq, thing, within, answers, saw, about, mark, readers, once, previous})
            in said and kept every number is written as text; previous is the hash of the family's statement before
  hash    = SHA256("alongside.entry.v1" 00 J({v: 1, id, kind, parts: {body, said, kept}})), parts in hex
"""

FAMILY = """What one person may read of one family
======================================

Nothing here needs Alongside. Text is UTF-8.

index.html        the statements as people read them; open it in a browser
statements.csv    the same as a table for a spreadsheet
statements.jsonl  the same, one JSON object on each line
SHA256SUMS        the sum of every file; `sha256sum -c SHA256SUMS` looks

It holds what the person named in the office's record may read on the day it was made, and nothing else. There may be
more, or not: this folder does not say. It is not encrypted.
"""

ARCHIVE = """Everything of one family, for an archive
========================================

Nothing here needs Alongside. Text is UTF-8.

index.html        the statements as people read them; open it in a browser
statements.csv    the same as a table for a spreadsheet
statements.jsonl  every statement to the byte, one JSON object on each line
SHA256SUMS        the sum of every file; `sha256sum -c SHA256SUMS` looks

This folder holds everything anybody said of this family, sealed things too, with nothing hidden from its reader. It
is not encrypted. Not in it: drafts and what still settles, what lies beside the statements, files of other systems.
The office's record holds the sum of SHA256SUMS.

""" + EVERYTHING[EVERYTHING.index("A statement in statements.jsonl") :]
