using RbpfSpec.Interp.Execution;
using RbpfSpec.Interp.Predecoded;

namespace RbpfSpec.Proofs.Tests.Engines;

/// <summary>A mutant of the fast machine's loop, with a change in each step and after it.</summary>
internal static unsafe class MutantLoop
{
    public static ulong Run(PredecodedStep* now, RunState* state, ulong start, byte* host)
    {
        var branches = state->Branches;
        while (true)
        {
            ulong address;
            switch (now->Code)
            {
                case Code.Subtract64X:
                    Steps.Alu64X<Subtract>(now, state);
                    now += 2;
                    continue;
                case Code.Or32X:
                    Steps.Alu64X<Or>(now, state);
                    now++;
                    continue;
                case Code.Always:
                    if (branches == 0) return Steps.StopAt(now + 1, state, branches, Stop.BranchBudget);
                    branches--;
                    now = Steps.Target(now);
                    continue;
                case Code.IfLess64X:
                    if (Steps.If64X<Less>(now, state)) goto taken;
                    now++;
                    continue;
                case Code.Load4:
                    address = Steps.SourceAddress(now, state);
                    if (address - start < Size4.Readable(state))
                    {
                        Steps.Load<Size4, Same>(now, state, host + (address - start));
                        now++;
                        continue;
                    }

                    goto missed;
                case Code.TrapAlways:
                    return Steps.StopAt(now, state, branches, now->Immediate);
                default:
                    return Steps.StopAt(now, state, branches, Stop.IllegalInstruction);
            }

        taken:
            branches--;
            now = Steps.Target(now);
            continue;
        missed:
            var region = Grants.Cache(state, address, 4, Grants.Read);
            if (region == null) return Steps.StopAt(now, state, branches, Stop.MemoryAccess);
            start = region->Start;
        }
    }
}
