using RbpfSpec.Conformance.Faults.Plain;

namespace RbpfSpec.Conformance.Faults.Families;

/// <summary>Mistakes of machines about the regions that a host adds, and about its helpers.</summary>
internal static class HostFaults
{
    private static readonly (int Id, string Name, int Arguments)[] Helpers =
    [
        (0x01, "printf", 5),
        (0x02, "memcpy", 3),
        (0x10, "store_local", 2),
        (0x11, "store_global", 2),
        (0x12, "fetch_local", 2),
        (0x13, "fetch_global", 2),
        (0x20, "now_ms", 0),
    ];

    /// <summary>The faults.</summary>
    public static IEnumerable<Fault> All => [.. Regions, .. Calls, .. Copies];

    private static IEnumerable<Fault> Regions
    {
        get
        {
            foreach (var count in (int[])[1, 2, 3, 4, 5, 6, 7])
            {
                yield return Granting($"only {count} added regions count", (machine, area) =>
                    Added(machine).IndexOf(area) is var place && (place < 0 || place < count));
            }

            foreach (var bits in (int[])[7, 8, 9, 10, 12, 15, 16])
            {
                yield return new("memory", $"the length of a region is cut to {bits} bits")
                {
                    Grants = (machine, at, count, kind, _) =>
                        machine.Areas.Exists(area =>
                            area.Permits(kind)
                            && area.Holds(at, count)
                            && (at - area.Start) + count <= Numbers.Cut((ulong)area.Bytes.Length, bits)),
                };
            }

            foreach (var bits in (int[])[8, 16, 31, 32, 33, 48, 63])
            {
                yield return Granting($"a region at 2^{bits} and above is not granted", (_, area) =>
                    area.Start >> bits == 0 || area.Start < 0x5000_0000);
            }

            yield return Granting("a region below 2^16 is not granted", (_, area) => area.Start >= 0x10000);
            yield return Granting("a region at address 0 is not granted", (_, area) => area.Start != 0);
            yield return Granting("a region that ends with the address space is not granted", (_, area) =>
                unchecked(area.Start + (ulong)area.Bytes.Length) > area.Start);
            yield return Granting("a region across 2^31 is not granted", (_, area) => !Crosses(area, 1UL << 31));
            yield return Granting("a region across 2^32 is not granted", (_, area) => !Crosses(area, 1UL << 32));
            yield return Granting("a region across 2^63 is not granted", (_, area) => !Crosses(area, 1UL << 63));
            yield return Granting("regions after an empty one do not count", (machine, area) =>
                machine.Areas.FindIndex(each => each.Bytes.Length == 0) is var empty && (empty < 0 || machine.Areas.IndexOf(area) < empty));
            yield return Granting("regions have to stand in order", (machine, area) =>
                Added(machine) is var added && (added.IndexOf(area) is var place && (place <= 0 || added[place - 1].Start < area.Start)));
            yield return Granting("regions have to stand in the reverse order", (machine, area) =>
                Added(machine) is var added && (added.IndexOf(area) is var place && (place <= 0 || added[place - 1].Start > area.Start)));
            yield return Granting("regions after one that is only read do not count", (machine, area) =>
                Added(machine) is var added
                && (added.FindIndex(each => !each.IsWritable) is var only && (only < 0 || added.IndexOf(area) <= only)));
            yield return new("memory", "the permission of the first added region is that of all")
            {
                Grants = (machine, at, count, kind, isRight) =>
                    Added(machine) is [var first, ..]
                        ? machine.Areas.Exists(area =>
                            area.Holds(at, count) && (Added(machine).Contains(area) ? first.Permits(kind) : area.Permits(kind)))
                        : isRight,
            };
        }
    }

    private static IEnumerable<Fault> Calls
    {
        get
        {
            foreach (var (id, name, arguments) in Helpers)
            {
                Func<Fields, bool> on = slot => slot is { Opcode: 0x85, Source: 0 } && slot.Immediate == id;
                for (var argument = 0; argument < arguments; argument++)
                {
                    var place = argument;
                    yield return New(name, $"argument {place + 1} is 0") with { On = on, Arguments = (_, given) => given[place] = 0 };
                    if (place + 1 < 5)
                    {
                        yield return New(name, $"argument {place + 1} is the next one") with
                        {
                            On = on,
                            Arguments = (_, given) => given[place] = given[place + 1],
                        };
                    }

                    yield return New(name, $"argument {place + 1} is that before it") with
                    {
                        On = on,
                        Arguments = (machine, given) => given[place] = machine.R[place],
                    };
                    if (id == 0x01 && place > 0)
                    {
                        yield return New(name, $"argument {place + 1} is cut to 16 bits") with
                        {
                            On = on,
                            Arguments = (_, given) => given[place] = (ushort)given[place],
                        };
                    }

                    if (id is 0x01 or 0x02 && place >= (id == 0x01 ? 1 : 0))
                    {
                        yield return New(name, $"argument {place + 1} is cut to 32 bits") with
                        {
                            On = on,
                            Arguments = (_, given) => given[place] = (uint)given[place],
                        };
                    }
                }

                if (arguments > 0)
                {
                    yield return New(name, "the arguments are r0 to r4") with
                    {
                        On = on,
                        Arguments = (machine, given) => machine.R[..5].CopyTo(given, 0),
                    };
                    yield return New(name, "the arguments are r2 to r6") with
                    {
                        On = on,
                        Arguments = (machine, given) => machine.R[2..7].CopyTo(given, 0),
                    };
                }

                yield return New(name, "the result is not written") with { On = on, After = (machine, before) => machine.R[0] = before[0] };
                yield return New(name, "only the lower half of r0 is written") with
                {
                    On = on,
                    After = (machine, before) => machine.R[0] = (before[0] & 0xffff_ffff_0000_0000) | (uint)machine.R[0],
                };
                yield return New(name, "the result goes to r1") with
                {
                    On = on,
                    After = (machine, before) => (machine.R[0], machine.R[1]) = (before[0], machine.R[0]),
                };
                if (id == 0x02)
                {
                    yield return New(name, "the result is taken for 32 signed bits") with
                    {
                        On = on,
                        Helped = (_, value) => Numbers.Extend(value, 32),
                    };
                }

                if (id is 0x02 or 0x10 or 0x11)
                {
                    yield return New(name, "the result is cut to 32 bits") with
                    {
                        On = on,
                        Helped = (_, value) => (uint)value,
                    };
                }

                yield return New(name, "the result is one off") with { On = on, Helped = (_, value) => value + 1 };
                foreach (var register in (int[])[6, 7, 8, 9])
                {
                    yield return New(name, $"r{register} is overwritten") with
                    {
                        On = on,
                        After = (machine, _) => machine.R[register] ^= 0x5a,
                    };
                }

                if (id is 0x20 or 0x10 or 0x11) continue;
                yield return New(name, "its addresses are not checked") with { On = on, Grants = (_, _, _, _, _) => true };
                if (id != 0x01)
                {
                    yield return New(name, "its addresses are checked by the first byte") with
                    {
                        On = on,
                        Grants = (machine, at, count, kind, _) =>
                            machine.Areas.Exists(area => area.Permits(kind) && area.Holds(at, Math.Min(count, 1))),
                    };
                }

                if (id != 0x01)
                {
                    yield return New(name, "its addresses may lie in a region that is only read") with
                    {
                        On = on,
                        Grants = (machine, at, count, _, _) => machine.Areas.Exists(area => area.IsReadable && area.Holds(at, count)),
                    };
                }
            }

            yield return New("helpers", "an id is cut to 8 bits") with
            {
                Accepts = (check, slot, _) =>
                    check == "helper" && Helpers.Any(helper => helper.Id == (byte)slot.Immediate) && slot.Immediate > 255,
            };
            yield return New("helpers", "an id is cut to 16 bits") with
            {
                Accepts = (check, slot, _) =>
                    check == "helper" && Helpers.Any(helper => helper.Id == (ushort)slot.Immediate) && slot.Immediate > 65535,
            };
            yield return New("helpers", "every id is accepted") with { Accepts = (check, _, _) => check == "helper" };
            yield return New("helpers", "every helper that there is may be called") with
            {
                Accepts = (check, slot, _) => check == "helper" && Helpers.Any(helper => helper.Id == slot.Immediate),
            };
            foreach (var id in (int[])[0, -1, 6, 127])
            {
                yield return New("helpers", $"the id {id} is accepted") with
                {
                    Accepts = (check, slot, _) => check == "helper" && slot.Immediate == id,
                };
            }
        }
    }

    private static IEnumerable<Fault> Copies
    {
        get
        {
            Func<Fields, bool> on = slot => slot is { Opcode: 0x85, Source: 0, Immediate: 0x02 };
            foreach (var bits in (int[])[8, 16, 32])
            {
                yield return New("memcpy", $"the length is cut to {bits} bits") with
                {
                    On = on,
                    Arguments = (_, given) => given[2] = Numbers.Cut(given[2], bits),
                };
            }

            yield return New("memcpy", "one byte too few is copied") with
            {
                On = on,
                Arguments = (_, given) => given[2] -= given[2] == 0 ? 0UL : 1,
            };
            yield return New("memcpy", "target and source change places") with
            {
                On = on,
                Arguments = (_, given) => (given[0], given[1]) = (given[1], given[0]),
            };
            yield return New("memcpy", "nothing is yielded") with { On = on, Helped = (_, _) => 0 };
            yield return New("memcpy", "the source may be only written") with
            {
                On = on,
                Grants = (machine, at, count, _, _) => machine.Areas.Exists(area => area.IsWritable && area.Holds(at, count)),
            };
            yield return New("memcpy", "both have to be writable") with
            {
                On = on,
                Grants = (machine, at, count, _, _) =>
                    machine.Areas.Exists(area => area.IsWritable && area.IsReadable && area.Holds(at, count)),
            };
            foreach (var (id, name) in (IEnumerable<(int, string)>)
                [(0x10, "store_local"), (0x11, "store_global"), (0x12, "fetch_local"), (0x13, "fetch_global")])
            {
                Func<Fields, bool> meant = slot => slot is { Opcode: 0x85, Source: 0 } && slot.Immediate == id;
                foreach (var bits in (int[])[8, 16])
                {
                    yield return New(name, $"the key is cut to {bits} bits") with
                    {
                        On = meant,
                        Arguments = (_, given) => given[0] = Numbers.Cut(given[0], bits),
                    };
                    if (id < 0x12)
                    {
                        yield return New(name, $"the value is cut to {bits} bits") with
                        {
                            On = meant,
                            Arguments = (_, given) => given[1] = Numbers.Cut(given[1], bits),
                        };
                    }
                }

                yield return New(name, "the other store is used") with
                {
                    On = meant,
                    Decode = (_, slot) => slot with { Immediate = slot.Immediate ^ 1 },
                };
            }
        }
    }

    private static Fault New(string helper, string what) => new("helpers", $"{helper}: {what}");

    private static Fault Granting(string what, Func<PlainMachine, Area, bool> counts) => new("memory", what)
    {
        Grants = (machine, at, count, kind, _) =>
            machine.Areas.Exists(area => area.Permits(kind) && area.Holds(at, count) && counts(machine, area)),
    };

    private static List<Area> Added(PlainMachine machine) =>
        machine.Areas.FindAll(area => area.Name is not ("stack" or "frame" or "context"));

    private static bool Crosses(Area area, ulong edge) =>
        area.Start < edge && unchecked(area.Start + (ulong)area.Bytes.Length) is var end && (end > edge || end < area.Start);
}
