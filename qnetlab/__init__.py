"""qnetlab: learn the quantum internet by doing it.

A protocol is a frozen value, ``run`` answers it exactly or with shots on Qiskit Aer, ``theory()`` gives the closed
form, and an explorer lets you drag it:

>>> from qnetlab import Teleportation, run
>>> run(Teleportation())["fidelity"]
1.000000 (exact)
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

__version__ = "0.1.0"

if TYPE_CHECKING:
    from . import plots
    from .circuits.markers import Marker, unmark
    from .codec import from_json, to_json
    from .devices import presets
    from .devices.attacks import Blinding, InterceptResend, NoAttack, OptimalIndividual, PhotonNumberSplitting
    from .devices.detector import Detector
    from .devices.fiber import Fiber
    from .devices.free_space import DoubleDownlink, FreeSpacePath
    from .devices.gates import GateErrors
    from .devices.heralded_link import HeraldedLink
    from .devices.link import Link
    from .devices.memory import Memory
    from .devices.photon_source import SinglePhotonSource, WeakCoherentSource
    from .devices.readout import Readout
    from .devices.satellite import SatellitePass
    from .devices.source import PhotonPairSource
    from .devices.telescopes import Telescopes
    from .engine import run
    from .estimate import Estimate, Outcomes
    from .grading.concept_test import concept_test
    from .grading.exercises import exercise
    from .grading.practice import check
    from .grading.predictions import predict
    from .grading.progress import progress
    from .network.backbone import KeyDemand, KeyLink, TrustedBackbone
    from .network.chain_key import ChainKeyRate
    from .network.graph import Network
    from .network.key_rate import SecretKeyRate
    from .network.pair_pass import PairPass
    from .network.pass_key import PassKey
    from .network.places import Edge, Node
    from .network.relays import TrustedRelay
    from .network.routes import best_route, route_along
    from .network.run_record import one_run
    from .network.sensitivity import sensitivity
    from .network.sharing import SharedNetwork
    from .network_files import read_network, write_network
    from .noise.binding import bind
    from .noise.model import as_noise_model
    from .protocols.bb84 import BB84
    from .protocols.bbm92 import BBM92
    from .protocols.bell_pair import BellPair
    from .protocols.chsh import CHSH
    from .protocols.cloning import Cloning
    from .protocols.e91 import E91
    from .protocols.ghz import GHZ
    from .protocols.heralded_attempt import HeraldedAttempt
    from .protocols.noisy_pair import NoisyPair
    from .protocols.pair_at_angles import PairAtAngles
    from .protocols.prepare_measure import PrepareAndMeasure
    from .protocols.purification import Purification
    from .protocols.repeater_chain import RepeaterChain
    from .protocols.storage import Storage
    from .protocols.superdense import SuperdenseCoding
    from .protocols.swapping import Swapping
    from .protocols.teleportation import Teleportation
    from .protocols.tomography import Tomography
    from .qkd.counts import Counts
    from .qkd.distill import distill
    from .qkd.impostor import impersonate
    from .qkd.key_length import secret_key_length
    from .qkd.one_time_pad import decrypt, encrypt
    from .recording import record
    from .result import Result
    from .sweeps import grid, sweep
    from .theory import published
    from .widgets.backbone import BackboneExplorer
    from .widgets.basis import BasisExplorer
    from .widgets.bb84 import BB84Explorer
    from .widgets.bell import BellExplorer
    from .widgets.cascade import CascadeExplorer
    from .widgets.chsh import ChshExplorer
    from .widgets.cloning import CloningExplorer
    from .widgets.counting import CountingExplorer
    from .widgets.eve import EveExplorer
    from .widgets.fiber import FiberExplorer
    from .widgets.fidelity import FidelityExplorer
    from .widgets.ghz import GhzExplorer
    from .widgets.herald import HeraldExplorer
    from .widgets.key_rate import KeyRateExplorer
    from .widgets.key_waterfall import KeyWaterfallExplorer
    from .widgets.memory import MemoryExplorer
    from .widgets.network import NetworkExplorer
    from .widgets.purification import PurificationExplorer
    from .widgets.repeater import RepeaterExplorer
    from .widgets.satellite import SatelliteExplorer
    from .widgets.superdense import SuperdenseExplorer
    from .widgets.swap import SwapExplorer
    from .widgets.teleportation import TeleportationExplorer
    from .widgets.trust import TrustExplorer

# Name -> module that holds it; a module's own name gives the module. Nothing is imported before it is used.
_MODULES = {
    "BB84": "protocols.bb84",
    "BB84Explorer": "widgets.bb84",
    "BBM92": "protocols.bbm92",
    "BackboneExplorer": "widgets.backbone",
    "BasisExplorer": "widgets.basis",
    "BellExplorer": "widgets.bell",
    "BellPair": "protocols.bell_pair",
    "Blinding": "devices.attacks",
    "CHSH": "protocols.chsh",
    "CascadeExplorer": "widgets.cascade",
    "ChainKeyRate": "network.chain_key",
    "ChshExplorer": "widgets.chsh",
    "Cloning": "protocols.cloning",
    "CloningExplorer": "widgets.cloning",
    "CountingExplorer": "widgets.counting",
    "Counts": "qkd.counts",
    "Detector": "devices.detector",
    "DoubleDownlink": "devices.free_space",
    "E91": "protocols.e91",
    "Edge": "network.places",
    "Estimate": "estimate",
    "EveExplorer": "widgets.eve",
    "Fiber": "devices.fiber",
    "FiberExplorer": "widgets.fiber",
    "FidelityExplorer": "widgets.fidelity",
    "FreeSpacePath": "devices.free_space",
    "GHZ": "protocols.ghz",
    "GateErrors": "devices.gates",
    "GhzExplorer": "widgets.ghz",
    "HeraldExplorer": "widgets.herald",
    "HeraldedAttempt": "protocols.heralded_attempt",
    "HeraldedLink": "devices.heralded_link",
    "InterceptResend": "devices.attacks",
    "KeyDemand": "network.backbone",
    "KeyLink": "network.backbone",
    "KeyRateExplorer": "widgets.key_rate",
    "KeyWaterfallExplorer": "widgets.key_waterfall",
    "Link": "devices.link",
    "Marker": "circuits.markers",
    "Memory": "devices.memory",
    "MemoryExplorer": "widgets.memory",
    "Network": "network.graph",
    "NetworkExplorer": "widgets.network",
    "NoAttack": "devices.attacks",
    "Node": "network.places",
    "NoisyPair": "protocols.noisy_pair",
    "OptimalIndividual": "devices.attacks",
    "Outcomes": "estimate",
    "PairAtAngles": "protocols.pair_at_angles",
    "PairPass": "network.pair_pass",
    "PassKey": "network.pass_key",
    "PhotonNumberSplitting": "devices.attacks",
    "PhotonPairSource": "devices.source",
    "PrepareAndMeasure": "protocols.prepare_measure",
    "Purification": "protocols.purification",
    "PurificationExplorer": "widgets.purification",
    "Readout": "devices.readout",
    "RepeaterChain": "protocols.repeater_chain",
    "RepeaterExplorer": "widgets.repeater",
    "Result": "result",
    "SatelliteExplorer": "widgets.satellite",
    "SatellitePass": "devices.satellite",
    "SecretKeyRate": "network.key_rate",
    "SharedNetwork": "network.sharing",
    "SinglePhotonSource": "devices.photon_source",
    "Storage": "protocols.storage",
    "SuperdenseCoding": "protocols.superdense",
    "SuperdenseExplorer": "widgets.superdense",
    "SwapExplorer": "widgets.swap",
    "Swapping": "protocols.swapping",
    "Teleportation": "protocols.teleportation",
    "TeleportationExplorer": "widgets.teleportation",
    "Telescopes": "devices.telescopes",
    "Tomography": "protocols.tomography",
    "TrustExplorer": "widgets.trust",
    "TrustedBackbone": "network.backbone",
    "TrustedRelay": "network.relays",
    "WeakCoherentSource": "devices.photon_source",
    "as_noise_model": "noise.model",
    "best_route": "network.routes",
    "bind": "noise.binding",
    "check": "grading.practice",
    "concept_test": "grading.concept_test",
    "decrypt": "qkd.one_time_pad",
    "distill": "qkd.distill",
    "encrypt": "qkd.one_time_pad",
    "exercise": "grading.exercises",
    "from_json": "codec",
    "grid": "sweeps",
    "impersonate": "qkd.impostor",
    "one_run": "network.run_record",
    "plots": "plots",
    "predict": "grading.predictions",
    "presets": "devices.presets",
    "progress": "grading.progress",
    "published": "theory.published",
    "read_network": "network_files",
    "record": "recording",
    "route_along": "network.routes",
    "run": "engine",
    "secret_key_length": "qkd.key_length",
    "sensitivity": "network.sensitivity",
    "sweep": "sweeps",
    "to_json": "codec",
    "unmark": "circuits.markers",
    "write_network": "network_files",
}

__all__ = [
    "BB84",
    "BBM92",
    "CHSH",
    "E91",
    "GHZ",
    "BB84Explorer",
    "BackboneExplorer",
    "BasisExplorer",
    "BellExplorer",
    "BellPair",
    "Blinding",
    "CascadeExplorer",
    "ChainKeyRate",
    "ChshExplorer",
    "Cloning",
    "CloningExplorer",
    "CountingExplorer",
    "Counts",
    "Detector",
    "DoubleDownlink",
    "Edge",
    "Estimate",
    "EveExplorer",
    "Fiber",
    "FiberExplorer",
    "FidelityExplorer",
    "FreeSpacePath",
    "GateErrors",
    "GhzExplorer",
    "HeraldExplorer",
    "HeraldedAttempt",
    "HeraldedLink",
    "InterceptResend",
    "KeyDemand",
    "KeyLink",
    "KeyRateExplorer",
    "KeyWaterfallExplorer",
    "Link",
    "Marker",
    "Memory",
    "MemoryExplorer",
    "Network",
    "NetworkExplorer",
    "NoAttack",
    "Node",
    "NoisyPair",
    "OptimalIndividual",
    "Outcomes",
    "PairAtAngles",
    "PairPass",
    "PassKey",
    "PhotonNumberSplitting",
    "PhotonPairSource",
    "PrepareAndMeasure",
    "Purification",
    "PurificationExplorer",
    "Readout",
    "RepeaterChain",
    "RepeaterExplorer",
    "Result",
    "SatelliteExplorer",
    "SatellitePass",
    "SecretKeyRate",
    "SharedNetwork",
    "SinglePhotonSource",
    "Storage",
    "SuperdenseCoding",
    "SuperdenseExplorer",
    "SwapExplorer",
    "Swapping",
    "Teleportation",
    "TeleportationExplorer",
    "Telescopes",
    "Tomography",
    "TrustExplorer",
    "TrustedBackbone",
    "TrustedRelay",
    "WeakCoherentSource",
    "as_noise_model",
    "best_route",
    "bind",
    "check",
    "concept_test",
    "decrypt",
    "distill",
    "encrypt",
    "exercise",
    "from_json",
    "grid",
    "impersonate",
    "one_run",
    "plots",
    "predict",
    "presets",
    "progress",
    "published",
    "read_network",
    "record",
    "route_along",
    "run",
    "secret_key_length",
    "sensitivity",
    "sweep",
    "to_json",
    "unmark",
    "write_network",
]

if not TYPE_CHECKING:  # else a type checker would accept every misspelling

    def __getattr__(name):
        if name not in _MODULES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        module = import_module(f".{_MODULES[name]}", __name__)
        found = vars(module).get(name, module)
        globals()[name] = found
        return found

    def __dir__():
        return sorted(set(globals()) | set(__all__))
