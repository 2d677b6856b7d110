"""AD20 as an analyst would model it in SimPy 4: a process per drone, coverage, window and engagement.

Usage: python3 ad20_simpy.py REPLICATIONS [SEED]
Prints one line: kills, shots and leaks per replication, and microseconds of processor time per replication.
Lengths in metres, times in seconds; the case is the one of ad20.hpp.
"""

import math
import random
import sys
import time

import simpy

DRONES = 20
PK = 0.7
LOOK = 2.0
DETECTION_MEAN = 30.0
RADAR_RANGE = 80e3
ANTENNA = 15.0
RADARS = [(20e3 + 28e3 * j, 15e3 if j % 2 == 0 else -15e3) for j in range(10)]


class Battery:
    def __init__(self, number):
        missiles = number % 2 == 0
        self.x = 15e3 + 45e3 * number
        self.y = -8e3 if missiles else 8e3
        self.range, self.speed = (30e3, 900.0) if missiles else (4e3, 1000.0)
        self.reaction, self.reaction_mean = (6.0, 4.0) if missiles else (2.0, 2.0)
        self.rounds = 8 if missiles else 40
        self.busy = False


class Drone:
    def __init__(self, rng):
        self.launch = rng.uniform(0, 600)
        self.x, self.y = 300e3, rng.uniform(-40e3, 40e3)
        dy = rng.uniform(-20e3, 20e3) - self.y
        speed = rng.uniform(45, 55)
        self.altitude = rng.uniform(100, 1000)
        length = math.hypot(self.x, dy)
        self.vx, self.vy = -self.x / length * speed, dy / length * speed
        self.end = self.launch + length / speed
        self.alive = True
        self.engaged = False
        self.seen_by = 0
        self.windows = set()

    def slant(self, x, y, now):
        flown = now - self.launch
        return math.hypot(self.x + self.vx * flown - x, self.y + self.vy * flown - y, self.altitude)

    def within(self, x, y, radius2):
        """When the flight is within a ground distance of a point, cut to the flight, or None."""
        rx, ry = self.x - x, self.y - y
        a = self.vx**2 + self.vy**2
        b = rx * self.vx + ry * self.vy
        discriminant = b * b - a * (rx * rx + ry * ry - radius2)
        if discriminant <= 0:
            return None
        root = math.sqrt(discriminant)
        begin = max(self.launch + (-b - root) / a, self.launch)
        end = min(self.launch + (-b + root) / a, self.end)
        return (begin, end) if begin < end else None

    def meeting(self, battery, now):
        flown = now - self.launch
        rx = self.x + self.vx * flown - battery.x
        ry = self.y + self.vy * flown - battery.y
        a = battery.speed**2 - self.vx**2 - self.vy**2
        half = rx * self.vx + ry * self.vy
        c = rx * rx + ry * ry + self.altitude**2
        return now + (half + math.sqrt(half * half + a * c)) / a


class Raid:
    def __init__(self, rng):
        self.env = simpy.Environment()
        self.rng = rng
        self.batteries = [Battery(b) for b in range(6)]
        self.drones = [Drone(rng) for _ in range(DRONES)]
        self.kills = self.shots = self.leaks = 0
        for drone in self.drones:
            self.env.process(self.fly(drone))
        self.env.run()

    def fly(self, drone):
        yield self.env.timeout(drone.launch)
        horizon = math.sqrt(2 * 4 / 3 * 6_371_000) * (math.sqrt(ANTENNA) + math.sqrt(drone.altitude))
        radius2 = min(horizon**2, RADAR_RANGE**2 - (drone.altitude - ANTENNA) ** 2)
        for x, y in RADARS:
            span = drone.within(x, y, radius2)
            if span:
                self.env.process(self.cover(drone, *span))
        for battery in self.batteries:
            span = drone.within(battery.x, battery.y, battery.range**2 - drone.altitude**2)
            if span:
                opens, closes = (m - drone.slant(battery.x, battery.y, m) / battery.speed for m in span)
                self.env.process(self.window(drone, battery, opens, closes))
        yield self.env.timeout(drone.end - self.env.now)
        if drone.alive:
            drone.alive = False
            self.leaks += 1

    def cover(self, drone, begin, end):
        yield self.env.timeout(begin - self.env.now)
        delay = self.rng.expovariate(1 / DETECTION_MEAN)
        if not drone.alive or begin + delay >= end:
            return
        yield self.env.timeout(delay)
        drone.seen_by += 1
        self.target_picks(drone)
        yield self.env.timeout(end - self.env.now)
        drone.seen_by -= 1

    def window(self, drone, battery, opens, closes):
        yield self.env.timeout(opens - self.env.now)
        drone.windows.add(battery)
        self.target_picks(drone)
        yield self.env.timeout(closes - self.env.now)
        drone.windows.remove(battery)

    def may_launch(self, drone, battery):
        return drone.alive and drone.seen_by > 0 and battery in drone.windows

    def target_picks(self, drone):
        """A drone that waits takes the nearest battery that could launch at it now."""
        if drone.engaged:
            return
        ready = [b for b in self.batteries if not b.busy and b.rounds > 0 and self.may_launch(drone, b)]
        if ready:
            nearest = min(ready, key=lambda b: drone.slant(b.x, b.y, self.env.now))
            self.assign(drone, nearest)

    def battery_picks(self, battery):
        """A free battery takes the waiting drone that reaches its goal first."""
        if battery.busy or battery.rounds == 0:
            return
        waiting = [d for d in self.drones if not d.engaged and self.may_launch(d, battery)]
        if waiting:
            self.assign(min(waiting, key=lambda d: d.end), battery)

    def assign(self, drone, battery):
        # Taken at once: a new process runs only after whoever picks next at this moment.
        drone.engaged = battery.busy = True
        battery.rounds -= 1
        self.env.process(self.engage(drone, battery))

    def engage(self, drone, battery):
        yield self.env.timeout(battery.reaction + self.rng.expovariate(1 / battery.reaction_mean))
        if self.may_launch(drone, battery):
            self.shots += 1
            yield self.env.timeout(drone.meeting(battery, self.env.now) - self.env.now)
            if self.rng.random() < PK:
                drone.alive = False
                self.kills += 1
            yield self.env.timeout(LOOK)
        else:
            battery.rounds += 1
        drone.engaged = battery.busy = False
        self.battery_picks(battery)
        self.target_picks(drone)


def main():
    replications = int(sys.argv[1])
    rng = random.Random(int(sys.argv[2]) if len(sys.argv) > 2 else 1)
    kills = shots = leaks = 0
    begin = time.process_time()
    for _ in range(replications):
        raid = Raid(rng)
        kills += raid.kills
        shots += raid.shots
        leaks += raid.leaks
    microseconds = (time.process_time() - begin) * 1e6 / replications
    print(f"{kills / replications:.4f} {shots / replications:.4f} {leaks / replications:.4f} {microseconds:.1f}")


if __name__ == "__main__":
    main()
