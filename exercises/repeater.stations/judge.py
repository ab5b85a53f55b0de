"""Which goals a list of places meets, by the closed form of the chain."""

from qnetlab import ChainKeyRate, Fiber, PhotonPairSource

GOAL, MOST = 10.0, 13


def judge(parameters: dict[str, float], design: list[float]) -> dict:
    km, places, count = parameters["km"], sorted(design), len(design)
    line = ChainKeyRate(fiber=Fiber(length_km=km, attenuation_db_per_km=0.2), efficiency=0.9,
                        source=PhotonPairSource(fidelity=0.995), t2_s=1.0)
    if count and (places[0] <= 0 or places[-1] >= km):
        return refused("ends", count)
    if len(set(places)) < count or (count > 2 and abs(sum(places) - km) < 0.5):
        return refused("lengths", count)
    told = line.placed(places)
    met = told.bits_per_s >= GOAL
    even = line.placed([k * km / (count + 1) for k in range(1, count + 1)]).bits_per_s
    # Where it does not suffice: uneven if equal spans would; else there are too few, or more than the errors allow.
    mistake = ("no station" if not count else "over budget" if met and count > MOST else "" if met
               else "uneven" if even >= GOAL else "too few" if count <= MOST else "too many")
    return {
        "met": {"key": met, "budget": met and count <= MOST}, "mistakes": {mistake: True} if mistake else {},
        "shown": [("longest span", f"{max(told.spans_km):.4g} km", ""),
                  ("pairs per second", f"{told.pairs_per_s:.3g}", ""),
                  ("wrong in X", f"{told.qber_x:.1%}", ""), ("wrong in Z", f"{told.qber_z:.1%}", ""),
                  ("secret bits per second", f"{told.bits_per_s:.3g}", f"at least {GOAL:g}"),
                  ("stations", str(count), f"at most {MOST}")]}


def refused(mistake: str, count: int) -> dict:
    return {"met": {"key": False, "budget": False}, "mistakes": {mistake: True},
            "shown": [("stations", str(count), f"at most {MOST}")]}
