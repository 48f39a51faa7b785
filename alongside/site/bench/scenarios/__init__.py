"""The scenarios, in the order in which they run. Each is a module with `measure(bench)`, which yields facts."""
