import Testing

/// Tests of the program as a process, one after the other: each has processes and threads enough.
@Suite(.serialized) struct ProcessTests {}
