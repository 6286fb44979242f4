/// Every part of the proof: the one list.
let proofParts: [ProofPart] = [SimulationPart.part]
