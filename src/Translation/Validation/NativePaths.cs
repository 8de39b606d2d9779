using System.Collections.Immutable;
using System.Globalization;
using RbpfSpec.Arm.Encodings;
using RbpfSpec.Arm.Instructions;
using RbpfSpec.Arm.Machine;
using RbpfSpec.Symbolic.Terms;
using RbpfSpec.Symbolic.Words;
using RbpfSpec.Translation.Validation.States;
using Decoded = RbpfSpec.Arm.Encodings.Decoded;
using Instruction = RbpfSpec.Arm.Instructions.Instruction;

namespace RbpfSpec.Translation.Validation;

/// <summary>Runs native code on terms, by the rules of the processor, along every path to the next cut.</summary>
/// <param name="code">The bytes.</param>
/// <param name="cuts">The offsets at which there are cuts.</param>
internal sealed class NativePaths(byte[] code, IReadOnlySet<int> cuts)
{
    private const int MostSteps = 256;
    private const int MostPaths = 64;

    // Offsets that stand for where native code goes when it leaves.
    private const int Returning = -2;
    private const int Entering = -4;
    private const int Outside = -6;

    private readonly Dictionary<int, Decoded> decoded = [];

    private readonly record struct Walker(
        int Offset, int Steps, ArmState<TermWord> State, ImmutableList<Term> Conditions, ImmutableList<Term> Obligations);

    /// <summary>The paths from an offset on.</summary>
    /// <param name="start">The offset, in bytes.</param>
    /// <param name="state">The state there.</param>
    public IEnumerable<NativePath> From(int start, ArmState<TermWord> state)
    {
        Stack<Walker> open = new([new(start, 0, state, [], [])]);
        var ended = 0;
        while (open.TryPop(out var walker))
        {
            if (Step(walker, open) is not { } end) continue;
            ended++;
            yield return new(walker.Conditions, walker.State, walker.Obligations, end);
            if (ended + open.Count > MostPaths)
            {
                yield return new([], state, [], new NativeEnd.Lost($"more than {MostPaths} paths"));
                yield break;
            }
        }
    }

    // Null where the path goes on, in what was opened.
    private NativeEnd? Step(Walker walker, Stack<Walker> open)
    {
        var (offset, steps, state, conditions, obligations) = walker;
        if (offset == Returning) return new NativeEnd.Returned();
        if (offset == Entering) return new NativeEnd.Entered();
        if (steps > 0 && cuts.Contains(offset) && !state.It.IsInBlock) return new NativeEnd.Arrived(offset);
        if (steps >= MostSteps) return new NativeEnd.Lost($"more than {MostSteps} instructions without a cut", IsSeen: true);
        if (offset < 0 || offset + 2 > code.Length) return new NativeEnd.Lost("it leaves the code", IsSeen: true);
        if (!decoded.TryGetValue(offset, out var found)) decoded[offset] = found = Decoder.Decode(code, offset);
        if (found is not Decoded.Allowed allowed)
        {
            var refused = (Decoded.Refused)found;
            return new NativeEnd.Lost($"no instruction at {Text(offset)}: {refused.Reason}");
        }

        if (!IsKnown(allowed.Instruction)) return new NativeEnd.Lost($"an instruction at {Text(offset)} that translations do not use");
        var effect = allowed.Instruction.Execute(state, Arithmetic<TermWord>.Constant((uint)offset));
        foreach (var guard in effect.Guards)
        {
            var fault = Aligned(guard.When.Term);
            if (!fault.IsFalse) obligations = obligations.Add(!fault);
        }

        if (effect.State.Memory is NativeMemory { IsUnclear: true })
            return new NativeEnd.Lost($"a store under a condition at {Text(offset)}");
        var next = walker with
        {
            Offset = offset + allowed.Length,
            Steps = steps + 1,
            State = effect.State,
            Obligations = obligations,
        };
        if (effect.Jump is not { } jump)
        {
            open.Push(next);
            return null;
        }

        var taken = Known(jump.Taken.Term, conditions);
        if (allowed.Instruction is Instruction.BranchExchange { IsLinked: true }) return Call(next, taken, jump.Target.Term, open);
        if (!taken.IsTrue) open.Push(next with { Conditions = taken.IsFalse ? conditions : conditions.Add(!taken) });
        if (taken.IsFalse) return null;
        if (!jump.Target.IsKnown(out var target))
        {
            return taken.IsTrue
                ? Leave(walker with { State = effect.State, Obligations = obligations }, jump.Target.Term, open)
                : new NativeEnd.Lost("a return under a condition");
        }

        open.Push(next with
        {
            Offset = target < (ulong)code.Length ? (int)target : Outside,
            Conditions = taken.IsTrue ? conditions : conditions.Add(taken),
        });
        return null;
    }

    // Of the library, which comes back behind the call.
    private static NativeEnd.Lost? Call(Walker walker, Term taken, Term target, Stack<Walker> open)
    {
        if (!taken.IsTrue) return new NativeEnd.Lost("a call under a condition");
        if (!ReferenceEquals(target, Even(Unknowns.Divide))) return new NativeEnd.Lost("a call of what is not known", IsSeen: true);
        if (Library.Divide(walker.State, walker.Steps) is not { } after) return new NativeEnd.Lost("a call on a stack that is not known");
        open.Push(walker with { State = after, Obligations = walker.Obligations.Add(Library.Asks(walker.State)) });
        return null;
    }

    // Out of the code; the path that ends carries the state after the instruction.
    private static NativeEnd.Lost? Leave(Walker walker, Term target, Stack<Walker> open)
    {
        var end = ReferenceEquals(target, Even(Unknowns.Caller(14))) ? Returning
            : ReferenceEquals(target, Even(Unknowns.Target)) ? Entering : 0;
        if (end == 0) return new NativeEnd.Lost("a branch to where nothing is known", IsSeen: true);
        open.Push(walker with { Offset = end });
        return null;
    }

    private static Term Even(Term address) =>
        (new TermWord(address) & Arithmetic<TermWord>.Constant(0xfffffffe)).Term;

    private static string Text(int offset) => offset.ToString("x", CultureInfo.InvariantCulture);

    // What the path has decided already need not be decided again.
    private static Term Known(Term taken, ImmutableList<Term> conditions) =>
        conditions.Contains(taken) ? Make.True : conditions.Contains(!taken) ? Make.False : taken;

    // Whether an address is a multiple of four is often known, if not to the simplifier.
    private static Term Aligned(Term fault)
    {
        if (fault is { Operator: Operator.Not, First: { Operator: Operator.Equal } equal })
        {
            foreach (var (side, other) in (ReadOnlySpan<(Term, Term)>)[(equal.First, equal.Second), (equal.Second, equal.First)])
            {
                if (side is not { Operator: Operator.Extract, Lowest: 0, Width: 2 } || !other.IsConstant) continue;
                if (LinearSum.LowBits(side.First) is { } bits) return Make.Truth(bits != (ulong)other.Value);
            }
        }

        return fault;
    }

    // Nothing that reads where it is: so that the proof does not depend on it.
    private static bool IsKnown(Instruction instruction) => instruction switch
    {
        Instruction.DataImmediate data => data.First != 15 || data.Operation is DataOperation.Mov or DataOperation.Mvn,
        Instruction.DataRegister data => data.Second != 15 && !IsProgramCounter(data),
        Instruction.ShiftRegister or Instruction.MoveTop or Instruction.Multiply or Instruction.MultiplyLong or Instruction.Divide => true,
        Instruction.Unary or Instruction.Extend or Instruction.ExtractBits or Instruction.InsertBits => true,
        Instruction.TransferImmediate transfer => transfer.Base != 15,
        Instruction.TransferRegister transfer => transfer.Base != 15,
        Instruction.TransferDouble transfer => transfer.Base != 15,
        Instruction.TransferMultiple or Instruction.Branch or Instruction.CompareBranch or Instruction.IfThen => true,
        Instruction.BranchExchange exchange => exchange.Target != 15,
        Instruction.BranchLink or Instruction.TableBranch or Instruction.Breakpoint or Instruction.SupervisorCall
            or Instruction.Undefined or Instruction.MemoryBarrier or Instruction.NoOperation => false,
    };

    private static bool IsProgramCounter(Instruction.DataRegister data) => data.Operation switch
    {
        DataOperation.Mov or DataOperation.Mvn => data.Destination == 15,
        DataOperation.Tst or DataOperation.Teq or DataOperation.Cmp or DataOperation.Cmn => data.First == 15,
        _ => data.First == 15 || data.Destination == 15,
    };
}
