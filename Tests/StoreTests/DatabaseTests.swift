import Testing

@Suite struct DatabaseTests {}
