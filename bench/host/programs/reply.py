# Answers a request with the value of the second sensor: the length of the response, or a negative code.
def reply(host):
    reading = host.read(host.find(1))
    if reading is None:
        return -160
    host.begin(69)
    host.add_format(0)
    return host.finish(1) + host.write_fixed_point(reading[0], reading[1])
