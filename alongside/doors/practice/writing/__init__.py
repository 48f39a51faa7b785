"""Writing: one box after a visit, on a phone. Who was there, when and where are guessed and can be put right;
each paragraph says how we know; who can read stands beside Save. Words are kept while they are written, wait
a little before they go into the record, and can be shown to those who are there."""
