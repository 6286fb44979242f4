/// Every part of the proof: the one list.
let proofParts: [ProofPart] = [
  PowerCut.part, FaultLoop.disk, FaultLoop.memory, FlipLoop.part, UpgradeLoop.part,
  SimulationPart.part, TransportPart.part, PlantedPart.part,
]
