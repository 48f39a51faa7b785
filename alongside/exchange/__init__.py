"""In and out: what other systems and offices send us and what we send them, one deletable folder each."""
