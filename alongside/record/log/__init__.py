"""The log of the whole office: what was received is put into one tree at fixed times, and its root is signed, so that
whoever holds an older root can tell whether anything was changed since. No words are in it, and no names."""
