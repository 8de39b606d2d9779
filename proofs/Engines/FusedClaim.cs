using RbpfSpec.Cil;
using RbpfSpec.Interp.Predecoded;
using RbpfSpec.Proofs.Setups;
using RbpfSpec.Proving.Claims;
using RbpfSpec.Semantics.Operations;
using RbpfSpec.Semantics.Profiles;
using RbpfSpec.Symbolic.Machine;
using RbpfSpec.Symbolic.Terms;
using RbpfSpec.Symbolic.Words;

namespace RbpfSpec.Proofs.Engines;

/// <summary>The claim about an engine's compiled code for a superinstruction.</summary>
/// <param name="Superinstruction">The superinstruction.</param>
/// <param name="Machines">A state of the machine with every case of what is cached.</param>
internal sealed record FusedClaim(Superinstruction Superinstruction, Sequence<RefinementSetup> Machines)
{
    // Any place of a region: what holds of it holds of all.
    private static readonly Term Anywhere = Make.Variable("anywhere", 64);

    private static readonly Term AnyRegister = Make.Variable("any register", 4);

    /// <summary>One of every superinstruction.</summary>
    public static IEnumerable<FusedClaim> All(MachineLayout layout)
    {
        var loads = OperationTable.Forms.First(form => form is { Operation: MemoryOperation.Load, Width.Bits: 64 });
        var moves = OperationTable.Forms.First(form => form.Operation is AluOperation.Add);
        foreach (var superinstruction in Superinstruction.All)
        {
            var form = superinstruction.Parts.Any(part => part is >= Code.Load1 and <= Code.Load8) ? loads : moves;
            yield return new(superinstruction, [.. RefinementSetup.Of(SetupCatalogue.Of(form, Profile.Rbpf, 3).Single(), layout)]);
        }
    }

    /// <summary>That it does what its parts do one after the other.</summary>
    /// <param name="code">The engine, or a mutant of it.</param>
    /// <param name="engine">The engine as it is, for the parts.</param>
    public Proposition About(EngineCode code, EngineCode engine)
    {
        var parts = Superinstruction.Parts.Select(Part).ToSequence();
        // Sixteen registers are as good as eleven here: nothing need be known of their numbers.
        var equal = Equalities(parts).ToList();
        var known = equal.ToDictionary(pair => pair.Later, pair => pair.First);
        var holds = Superinstruction.Holds<TermWord>(parts.ToArray()).Term;

        // The condition makes some operands the same: from here on they are, and that it does is claimed, too.
        List<Term> conclusion =
        [
            .. equal.Select(pair => holds.Implies(pair.Later.EqualTo(pair.First))),
            .. Others(parts).Select(other => holds.Implies(!other)),
        ];
        var alike = parts.Map(part => part with
        {
            Destination = Substitute(part.Destination, known),
            Source = Substitute(part.Source, known),
            Immediate = Substitute(part.Immediate, known),
        });
        Sequence<Term> condition = [Superinstruction.Holds<TermWord>(alike.ToArray()).Term, .. Others(alike).Select(Make.Not)];
        var fused = alike.With(0, alike[0] with { Code = Superinstruction.Code });
        foreach (var machine in Machines)
        {
            var (whole, one) = (
                MachineRun.Of(code, [fused[0]], Begin(machine, fused), machine.Layout),
                    MachineRun.Of(engine, alike, Begin(machine, alike), machine.Layout));
            if ((whole as MachineRun.Unknown ?? one as MachineRun.Unknown) is var (reason))
                return new([], Make.False, _ => new Replay.NotShown(reason));
            var (left, right) = ((MachineRun.Known)whole, (MachineRun.Known)one);
            conclusion.AddRange(left.Demands.Concat(right.Demands).Select(demand => Simplified(condition, demand.Holds)));
            conclusion.AddRange(
                from way in left.Ways
                from other in right.Ways
                select Simplified([.. condition, way.Condition, other.Condition], Same(way.End, other.End)));
        }

        return new([], Make.All(conclusion), assignment => Show(code, alike, conclusion, assignment));
    }

    // What is known, put into what is claimed: most is then the same.
    private static Term Simplified(Sequence<Term> known, Term holds)
    {
        var (facts, simplified) = ContextualSimplifier.Simplify(known, holds);
        return Make.All(facts).Implies(simplified);
    }

    private static EngineState Begin(RefinementSetup machine, Sequence<Step<TermWord>> steps)
    {
        var begin = machine.Begin(steps);
        return begin with { Memory = begin.Memory with { Registers = RegisterFile.Indexed.Any } };
    }

    // That a source is the register that the first part writes, which the condition denies.
    private IEnumerable<Term> Others(Sequence<Step<TermWord>> parts)
    {
        var first = Register(parts[0].Destination);
        return Superinstruction.Condition switch
        {
            Condition.Any => [],
            Condition.OnOneRegister or Condition.OfLow32 => parts.Skip(1).Where(part => Codes.ReadsSource(part.Code)).Select(IsFirst),
            Condition.OfAddress => parts.Skip(1).Take(parts.Count - 2).Select(IsFirst),
        };

        Term IsFirst(Step<TermWord> part) => Register(part.Source).EqualTo(first);
    }

    private static Step<TermWord> Part(Code code, int index) => new(
        code,
        Place($"dst_reg{index}"),
        Place($"src_reg{index}"),
        TermWord.Variable($"offset{index}", Width.Bits32),
        TermWord.Variable($"imm{index}", Width.Bits64));

    private static TermWord Place(string register) =>
        TermWord.Variable(register, Width.Bits4).ZeroExtend(Width.Bits8) * TermWord.Constant(8, Width.Bits8);

    private static Term Register(TermWord place) => place.Term.First.First;

    private static TermWord Substitute(TermWord word, Dictionary<Term, Term> known) => new(Dag.Substitute(word.Term, known));

    private IEnumerable<(Term Later, Term First)> Equalities(Sequence<Step<TermWord>> parts)
    {
        var first = Register(parts[0].Destination);
        var last = parts.Count - 1;
        return Superinstruction.Condition switch
        {
            Condition.Any => [],
            Condition.OnOneRegister => parts.Skip(1).Select(part => (Register(part.Destination), first)),
            Condition.OfLow32 =>
            [
                .. parts.Skip(1).Select(part => (Register(part.Destination), first)),
                .. parts.Skip(parts.Count - 2).Select(part => (part.Immediate.Term, Make.Constant(32, 64))),
            ],
            Condition.OfAddress =>
            [
                .. parts.Skip(1).Take(last - 1).Select(part => (Register(part.Destination), first)), (Register(parts[last].Source), first),
            ],
        };
    }

    private static Term Same(EngineEnd left, EngineEnd right) => (left, right) switch
    {
        (EngineEnd.GoesOn(var a), EngineEnd.GoesOn(var b)) => Make.All(
            Make.Truth(a.Now == b.Now && a.Host == b.Host), a.Start.EqualTo(b.Start), a.Branches.EqualTo(b.Branches),
                Same(a.Memory, b.Memory)),
        (EngineEnd.Stops(var a, var then), EngineEnd.Stops(var b, var there)) => a.EqualTo(b) & Same(then, there),
        _ => Make.False,
    };

    private static Term Same(MachineMemory left, MachineMemory right) => Make.All(
    [
        left.Registers.Equals(right.Registers, AnyRegister),
        .. left.Cells.Where(cell => !IsCode(cell.Key)).OrderBy(cell => cell.Key.Place, StringComparer.Ordinal)
            .ThenBy(cell => cell.Key.Offset).Select(cell => (cell.Value.Value, right.Cells[cell.Key].Value) switch
        {
            (CilValue.Number(var a), CilValue.Number(var b)) => a.EqualTo(b),
            var (a, b) => Make.Truth(a == b),
        }),
        .. left.Bytes.OrderBy(place => place.Key, StringComparer.Ordinal)
            .Select(place => ByteAt(place.Value.Bytes).EqualTo(ByteAt(right.Bytes[place.Key].Bytes))),
    ]);

    // The one place in which the steps differ.
    private static bool IsCode((string Place, ulong Offset) cell) => cell is (MachineMemory.Steps, 0);

    private static Term ByteAt(Words.IBytes<TermWord> bytes) => ((ArrayBytes)bytes).Array[Anywhere];

    private static Replay Show(EngineCode code, Sequence<Step<TermWord>> steps, List<Term> conclusion, Assignment assignment) =>
        conclusion.All(term => assignment.Evaluate(term) == UInt128.One)
            ? new Replay.NotShown("both come to the same")
            : new Replay.Shown(
            [
                .. steps.Select(step =>
                    $"{step.Code}: r{assignment.Evaluate(Register(step.Destination))}, r{assignment.Evaluate(Register(step.Source))}, "
                    + $"offset {(int)(uint)assignment.Evaluate(step.Offset.Term)}, "
                    + $"immediate {Concretise.Value(step.Immediate, assignment)}"),
                .. code.Mutant is { } mutant ? (ReadOnlySpan<string>)[$"mutated: {mutant}"] : [],
            ]);
}
