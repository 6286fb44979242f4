/// Every part of the proof: the one list.
let proofParts: [ProofPart] = [
  PowerCut.part, FaultLoop.disk, FaultLoop.memory, SimulationPart.part,
  TransportPart.part, PlantedPart.part,
]
