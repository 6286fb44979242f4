import Glibc

exit(ProofCommand.run(CommandLine.arguments.dropFirst()))
