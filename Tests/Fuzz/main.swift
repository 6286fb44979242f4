import CFuzzer
import Glibc

// Fuzzes the target that FUZZ_TARGET names; the arguments are libFuzzer's own. Without the variable
// it lists the targets. It is a variable because libFuzzer starts itself anew with its arguments.
if FuzzTarget.chosen == nil {
  for target in FuzzTarget.all { print(target.name) }
  exit(getenv("FUZZ_TARGET") == nil ? 0 : 2)
}
var count = CommandLine.argc
var words = CommandLine.unsafeArgv
exit(
  withUnsafeMutablePointer(to: &words) { words in
    words.withMemoryRebound(
      to: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?.self, capacity: 1
    ) {
      LLVMFuzzerRunDriver(&count, $0, fuzzOneInput)
    }
  })
