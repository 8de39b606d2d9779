# The last lines of a script for MicroPython; before them come the program and the arguments.
import time


class Host:
    def find(self, place):
        return place

    def read(self, sensor):
        return (2716, -2) if sensor == 1 else None

    def begin(self, code):
        self.header = 5 if code == 69 else 0

    def add_format(self, form):
        self.header += 1

    def finish(self, flags):
        self.header += flags
        return self.header

    def write_fixed_point(self, value, scale):
        digits = str(value)
        self.payload = digits[:scale] + "." + digits[scale:]
        return len(self.payload)


def measure():
    if name == "reply":
        host = Host()
        run = lambda: reply(host)
    else:
        words = [int(hexadecimal[i + 2:i + 4] + hexadecimal[i:i + 2], 16) for i in range(0, len(hexadecimal), 4)]
        run = lambda: fletcher32(words)
    count, times = 1, []
    while len(times) < 5:
        start = time.ticks_ms()
        for _ in range(count):
            result = run()
        took = time.ticks_diff(time.ticks_ms(), start)
        if took < milliseconds:
            count *= 2
        else:
            times.append(took * 1e6 / count)
    print(result, sorted(times)[2])


measure()
