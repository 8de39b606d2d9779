using RbpfSpec.Conformance.Faults.Plain;

namespace RbpfSpec.Conformance.Faults.Families;

internal static partial class RunFaults
{
    private static IEnumerable<Fault> Budgets
    {
        get
        {
            foreach (var limit in (ulong[])[0, 1, 100, 127, 128, 198, 199, 201, 202, 255, 256, 400])
            {
                yield return Limited($"{limit} branches are granted", machine =>
                {
                    if (machine.Input.Setting.Branches is null) machine.Branches = limit;
                });
            }

            yield return Limited("branches are not limited", machine => machine.Branches = null);
            yield return Limited("the profile's limit of branches is kept to", machine =>
                machine.Branches = machine.Branches is null ? null : 200);
            foreach (var bits in (int[])[8, 16, 32])
            {
                yield return Limited($"the limit of branches is cut to {bits} bits", machine =>
                    machine.Branches = machine.Branches is { } count ? Numbers.Cut(count, bits) : null);
                yield return Limited($"the limit of instructions is cut to {bits} bits", machine =>
                    machine.Instructions = machine.Instructions is { } count ? Numbers.Cut(count, bits) : null);
            }

            yield return Limited("a limit of 0 branches is none", machine =>
                machine.Branches = machine.Branches == 0 ? null : machine.Branches);
            yield return Limited("a limit of 0 instructions is none", machine =>
                machine.Instructions = machine.Instructions == 0 ? null : machine.Instructions);
            yield return Limited("one instruction more is granted", machine => machine.Instructions++);
            yield return Limited("one instruction less is granted", machine => machine.Instructions -= machine.Instructions > 0 ? 1UL : 0);
            yield return Limited("instructions are not limited", machine => machine.Instructions = null);
            yield return new("budget", "a wide instruction is two") { On = slot => slot.IsWide, Pays = _ => 2 };
            foreach (var (what, isMeant) in (IEnumerable<(string, Func<Fields, bool>)>)
            [
                ("EXIT", IsExit),
                ("a local call", IsLocal),
                ("a helper call", slot => slot is { Opcode: 0x85, Source: 0 }),
                ("arithmetic", slot => slot.IsAlu),
                ("a load", slot => slot.Class == 1),
                ("a store", slot => slot.Class is 2 or 3),
                ("a jump", slot => slot.IsJump && slot.Opcode is not (0x85 or 0x95)),
                ("a wide load", slot => slot.IsWide),
            ])
            {
                yield return new("budget", $"{what} costs no instruction") { On = isMeant, Pays = _ => 0 };
                yield return new("budget", $"{what} costs two instructions") { On = isMeant, Pays = _ => 2 };
            }

            yield return Priced("a local call costs nothing", IsLocal, (_, _) => 0);
            yield return Priced("a local call costs two branches", IsLocal, (_, _) => 2);
            yield return Priced("a return costs a branch", IsExit, (_, _) => 1);
            yield return Priced("a helper call costs a branch", slot => slot is { Opcode: 0x85, Source: 0 }, (_, _) => 1);
            yield return Priced("a return gives a branch back", IsExit, (_, _) => -1);
            yield return Priced("nested calls cost nothing", IsLocal, (machine, cost) => machine.Depth > 0 ? 0 : cost);
            yield return Priced(
                "jumps in functions cost nothing",
                slot => slot.IsJump && !IsExit(slot),
                (machine, cost) => machine.Depth > 0 ? 0 : cost);
            yield return Priced(
                "jumps after a call cost nothing",
                slot => slot.IsJump && !IsExit(slot),
                (machine, cost) => machine.Calls > 0 && machine.Depth == 0 ? 0 : cost);
            yield return Called("a call begins a new budget", machine =>
                machine.Branches = machine.Branches is null ? null : machine.Input.Setting.Branches ?? 200);
            yield return Returned("a return begins a new budget", (machine, _) =>
                machine.Branches = machine.Branches is null ? null : machine.Input.Setting.Branches ?? 200);
            yield return Returned("a return gives the caller's budget back", (machine, _) => machine.Branches = machine.Left.Peek());
            yield return new("traps", "the budget is asked before the depth")
            {
                Trap = (machine, end) => end.Trap == "CallDepth" && machine.Branches == 0 ? end with { Trap = "BranchBudget" } : end,
            };
            foreach (var trap in (string[])["BranchBudget", "InstructionBudget", "CallDepth", "MemoryAccess", "DivisionByZero"])
            {
                yield return new("traps", $"{trap} is told of the next slot")
                {
                    Trap = (_, end) => end.Trap == trap ? end with { ProgramCounter = end.ProgramCounter + 1 } : end,
                };
                yield return new("traps", $"{trap} is told of the slot before")
                {
                    Trap = (_, end) => end.Trap == trap ? end with { ProgramCounter = end.ProgramCounter - 1 } : end,
                };
                yield return new("traps", $"{trap} is told of slot 0")
                {
                    Trap = (_, end) => end.Trap == trap ? end with { ProgramCounter = 0 } : end,
                };
                if (trap is "BranchBudget" or "CallDepth")
                {
                    yield return new("traps", $"{trap} is told of the target")
                    {
                        Trap = (machine, end) =>
                            end.Trap == trap && machine.Slot.IsJump
                                ? end with
                                {
                                    ProgramCounter = machine.Pc + 1 + JumpFaults.Displacement(machine.Slot),
                                }
                                : end,
                    };
                }

                yield return new("traps", $"{trap} is another trap")
                {
                    Trap = (_, end) =>
                        end.Trap == trap ? end with { Trap = trap == "MemoryAccess" ? "DivisionByZero" : "MemoryAccess" } : end,
                };
                yield return new("traps", $"{trap} ends the program with r0")
                {
                    Trap = (machine, end) => end.Trap == trap ? new(EndKind.Returned, machine.R[0], "", 0) : end,
                };
                for (var register = 0; register < 10; register++)
                {
                    var number = register;
                    yield return new("traps", $"{trap} clears r{number}")
                    {
                        Trap = (machine, end) =>
                        {
                            if (end.Trap == trap) machine.R[number] = machine.R[number] == 0 ? 1UL : 0;
                            return end;
                        },
                    };
                }
            }
        }
    }

    private static IEnumerable<Fault> Sizes
    {
        get
        {
            foreach (var length in (int[])
            [
                127, 128, 254, 255, 256, 257, 511, 512, 1000, 1023, 1024, 1025, 2047, 2048, 4095, 8191, 8192, 16384,
                32767, 65535, 65536,
            ])
            {
                yield return new("size", $"a program of more than {length} slots is rejected")
                {
                    Rejects = input => input.Problems.Length == 0 && input.Code.Length > length,
                };
            }

            foreach (var bits in (int[])[7, 8, 9, 10, 11, 12, 13, 14, 15, 16])
            {
                yield return new("size", $"the program counter has {bits} bits")
                {
                    After = (machine, _) => machine.Pc = (long)Numbers.Cut((ulong)machine.Pc, bits),
                };
            }

            yield return new("size", "a program of one slot is rejected")
            {
                Rejects = input => input.Problems.Length == 0 && input.Code.Length == 1,
            };
            yield return new("size", "a program of two slots is rejected")
            {
                Rejects = input => input.Problems.Length == 0 && input.Code.Length == 2,
            };
        }
    }

    private static Fault Limited(string what, Action<PlainMachine> change) => new("budget", what) { Start = change };

    private static Fault Priced(string what, Func<Fields, bool> on, Func<PlainMachine, int, int> cost) =>
        new("budget", what) { On = on, Cost = (machine, _, right) => cost(machine, right) };
}
