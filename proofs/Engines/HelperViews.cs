using System.Collections.Immutable;
using RbpfSpec.Cil;
using RbpfSpec.Interp.Execution;
using RbpfSpec.Interp.Predecoded;
using RbpfSpec.Proofs.Setups;
using RbpfSpec.Proving.Claims;
using RbpfSpec.Semantics.Clauses;
using RbpfSpec.Semantics.Instructions;
using RbpfSpec.Semantics.Operations;
using RbpfSpec.Semantics.Profiles;
using RbpfSpec.Symbolic.Machine;
using RbpfSpec.Symbolic.Terms;
using RbpfSpec.Symbolic.Words;

namespace RbpfSpec.Proofs.Engines;

/// <summary>
/// The claims that the embedded machine relies on beside its steps: which memory helpers see, and which memory stays
/// unwritten.
/// </summary>
public static class HelperViews
{
    private static readonly TermWord Address = TermWord.Variable("address", Width.Bits64);
    private static readonly TermWord Count = TermWord.Variable("count", Width.Bits64);

    // An assembly is read by one thread at a time.
    [ThreadStatic]
    private static CilAssembly? assembly;

    /// <summary>The claims.</summary>
    public static IEnumerable<Claim> Claims =>
    [
        .. from isWritten in (Sequence<bool>)[false, true]
           from isRest in (Sequence<bool>)[false, true]
           select ViewClaim(isWritten, isRest),
        RestLies,
        Unwritten,
    ];

    private static CilAssembly Assembly => assembly ??= CilAssembly.Of(typeof(PredecodedStep));

    // Three regions, one of them a stack frame; what holds of them holds of any number.
    private static RefinementSetup Machine { get; } = RefinementSetup.Of(
        SetupCatalogue.Of(
            OperationTable.Forms.First(form => form is { Operation: MemoryOperation.Load, Width.Bits: 64 }), Profile.Rbpf, 3).Single(),
        new(CilAssembly.Of(typeof(PredecodedStep)))).First();

    private static Claim ViewClaim(bool isWritten, bool isRest) => new()
    {
        Id = $"views/{(isWritten ? "writable" : "readable")}/{(isRest ? "rest" : "counted")}",
        Sentence = $"The compiled code grants a helper the {(isRest ? "rest of the region" : "counted bytes")} at "
            + $"a {(isWritten ? "writable" : "readable")} argument exactly if the semantics does, and its view is those bytes, "
            + "all of them within the region.",
        Source = Clause.Spec("helpers"),
        State = () => About(isWritten, isRest, null, []),
        Mutants =
        [
            new("an instruction of the compiled code is read as another (1 of 2)", () => Mutated(isWritten, isRest, 0)),
            new("an instruction of the compiled code is read as another (2 of 2)", () => Mutated(isWritten, isRest, 1)),
            new("the view is a byte longer", () => About(isWritten, isRest, null, [], excess: 1)),
            new("the permission is not asked for", () => About(isWritten, isRest, null, [], permission: 0)),
        ],
    };

    // Which instruction is read as another is found when the mutant is asked for: most show on the first values tried.
    private static Proposition Mutated(bool isWritten, bool isRest, int index)
    {
        HashSet<(Mono.Cecil.MethodDefinition Method, Mono.Cecil.Cil.Instruction At)> met = [];
        var proposition = About(isWritten, isRest, null, met);
        CilMutant[] mutants = [.. CilMutant.Of(met)];
        for (var i = 0; i < mutants.Length; i++)
        {
            proposition = About(isWritten, isRest, mutants[(i + (index * mutants.Length / 2)) % mutants.Length], []);
            if (proposition.Question(ClaimKind.Always).Sample() is { } sample && proposition.Replay(sample) is Replay.Shown)
            {
                return proposition;
            }
        }

        return proposition;
    }

    private static Proposition About(
        bool isWritten,
        bool isRest,
        CilMutant? mutant,
        HashSet<(Mono.Cecil.MethodDefinition Method, Mono.Cecil.Cil.Instruction At)> met,
        ulong excess = 0,
        ulong? permission = null)
    {
        var memory = Machine.Setup.State.Memory;
        var asked = isRest ? TermWord.Constant(1, Width.Bits64) : Count;
        var access = isWritten ? Access.ReadWrite : Access.Read;
        var reader = new Code(mutant);
        var state = Machine.Begin([]).Memory;
        var found = reader.Call(typeof(Grants), nameof(Grants.Find), state,
            CilValue.Pointer.To(MachineMemory.State), Number(Address), Number(asked),
            CilValue.Number.Of(permission ?? (isWritten ? Grants.ReadWrite : Grants.Read), 64));
        List<Term> conclusion = [];
        foreach (var (condition, value) in found)
        {
            var way = Make.All(condition);
            if (value is not CilValue.Pointer { Place: MachineMemory.Regions, Offset.IsConstant: true } region)
            {
                conclusion.Add(way.Implies(
                    Make.Truth(value is CilValue.Number { Term: var none } && none.Is(0UL)) & !memory.Grants(Address, asked, access).Term));
                continue;
            }

            var index = (int)((ulong)region.Offset.Value / Machine.Layout.RegionBytes);
            conclusion.Add(way.Implies(View(reader, state, region, index, new(asked, access, isRest, excess))));
        }

        conclusion.AddRange(reader.Demands.Select(demand => demand.Holds));
        met.UnionWith(reader.Met);
        var regions = memory.Regions;
        return new(
            [.. RefinementSetup.Apart(regions, Address, 1), .. isRest ? regions.Select(region => Rest(region, Address)) : []],
            reader.IsUnderstood ? Make.All(conclusion) : Make.False,
            assignment => reader.IsUnderstood ? Show(assignment, regions) : new Replay.NotShown("the compiled code is not understood"));
    }

    // That the view at a region is what it should be, as the code says it.
    private static Term View(Code reader, MachineMemory state, CilValue.Pointer at, int index, Wanted wanted)
    {
        var memory = Machine.Setup.State.Memory;
        var region = memory.Regions[index];
        var firsts = reader.Call(typeof(Views), nameof(Views.First), state, at, Number(Address));
        var lengths = reader.Call(
            typeof(Views), nameof(Views.Length), state, at, Number(Address), Number(wanted.Asked),
                CilValue.Number.Of(wanted.IsRest ? 1UL : 0, 32));
        var expected = wanted.IsRest ? memory.RestOfRegion(Address) : Count;
        return Make.All(
        [
            region.Grants(Address, wanted.Asked, wanted.Access).Term,
            .. from first in firsts
               from length in lengths
               select Make.All([.. first.Condition, .. length.Condition]).Implies(Holds(first.Value, length.Value)),
        ]);

        Term Holds(CilValue first, CilValue length) =>
            first is CilValue.Pointer pointer && pointer.Place == Machine.HostOf(index) && length is CilValue.Number(var bytes)
                ? Is(region, new(pointer.Offset), new TermWord(bytes) + TermWord.Constant(wanted.Excess, Width.Bits64), expected)
                : Make.False;
    }

    private static Term Is(Region<TermWord> region, TermWord offset, TermWord length, TermWord expected) => Make.All(
        length.Term.EqualTo(expected.Term),
        offset.Term.EqualTo((Address - region.Start).Term),
        Lies(region, offset, length));

    // Of two numbers alone solvers see it at once; among other things they take long.
    private static Claim RestLies
    {
        get
        {
            var region = Machine.Setup.State.Memory.Regions[0];
            return new()
            {
                Id = "views/lies",
                Sentence = "From an address within a region on, as many bytes lie within it as there are from there to its end.",
                Source = Clause.Spec("memory"),
                State = () => About(region),
                Mutants =
                [
                    new("there is a byte more", () => About(region with { Length = region.Length + TermWord.Constant(1, Width.Bits64) })),
                ],
            };

            // The offset is any number, as the address is.
            Proposition About(Region<TermWord> longer)
            {
                var start = TermWord.Constant(0, Width.Bits64);
                var known = (region with { Start = start }).Contains(Address, TermWord.Constant(1, Width.Bits64));
                var length = longer.Length - Address;
                return new(
                    [],
                    known.Term.Implies(Lies(region with { Start = start }, Address, length)),
                    assignment => Show(assignment, [region]));
            }
        }
    }

    // What that claim says of a region.
    private static Term Rest(Region<TermWord> region, TermWord address)
    {
        var offset = address - region.Start;
        return region.Contains(address, TermWord.Constant(1, Width.Bits64)).Term.Implies(Lies(region, offset, region.Length - offset));
    }

    private static Term Lies(Region<TermWord> region, TermWord offset, TermWord length) =>
        (!TermWord.LessUnsigned(region.Length, length)).Term & (!TermWord.LessUnsigned(region.Length - length, offset)).Term;

    // Of every instruction that is taken for one that writes nothing: no byte of any region is another afterwards.
    private static Claim Unwritten => new()
    {
        Id = "views/unwritten",
        Sentence = "A program of the instructions that the embedded machine takes for such as write no memory leaves every byte "
            + "as it was: its stack stays zero.",
        Source = Clause.Spec("memory"),
        State = () => AboutUnwritten(_ => false),
        Mutants =
        [
            new("a store of an immediate byte is taken for one of them", () =>
                AboutUnwritten(form => form is { Operation: MemoryOperation.StoreImmediate, Width.Bits: 8 })),
            new("a compare and exchange is taken for one of them", () =>
                AboutUnwritten(form => form.Operation is AtomicOperation.CompareExchange)),
            new("a call of a helper is taken for one of them", () => AboutUnwritten(form => form.Operation is CallOperation.ByHelperId)),
            new("a call by BTF id is taken for one of them", () => AboutUnwritten(form => form.Operation is CallOperation.ByBtfId)),
        ],
    };

    private static Proposition AboutUnwritten(Func<Form, bool> isAlsoTaken)
    {
        var anywhere = Make.Variable("anywhere", 64);
        var conclusion =
            from setup in SetupCatalogue.ThatGoOn
            where !Codes.MayWrite(setup.Form) || isAlsoTaken(setup.Form)
            let effect = setup.Execute()
            from regions in effect.After.Memory.Regions.Zip(setup.State.Memory.Regions)
            select (!effect.Trapped).Implies(At(regions.First).EqualTo(At(regions.Second)));
        return new([], Make.All(conclusion), assignment =>
            new Replay.Shown([$"the byte at offset {Concretise.Value(new TermWord(anywhere), assignment)}"]));

        Term At(Region<TermWord> region) => ((ArrayBytes)region.Bytes).Array[anywhere];
    }

    private static CilValue.Number Number(TermWord word) => new(word.Term);

    private static Replay.Shown Show(Assignment assignment, Sequence<Region<TermWord>> regions) => new(
    [
        $"{Concretise.Value(Count, assignment)} bytes at {Concretise.Value(Address, assignment)}",
        .. regions.Select(region =>
            $"'{region.Name}' at {Concretise.Value(region.Start, assignment)} of {Concretise.Value(region.Length, assignment)} bytes, "
            + $"readable {Concretise.Value(region.Readable, assignment).Value}, "
            + $"writable {Concretise.Value(region.Writable, assignment).Value}"),
    ]);

    // What a view should be.
    private sealed record Wanted(TermWord Asked, Access Access, bool IsRest, ulong Excess);

    // The compiled code of some methods, and what it demands.
    private sealed class Code(CilMutant? mutant)
    {
        private readonly CilReader<MachineMemory> reader = new(mutant);

        public List<CilDemand> Demands { get; } = [];

        public bool IsUnderstood { get; private set; } = true;

        public IReadOnlyCollection<(Mono.Cecil.MethodDefinition Method, Mono.Cecil.Cil.Instruction At)> Met => reader.Met;

        // The values that it comes to, each with what leads there.
        public Sequence<(ImmutableList<Term> Condition, CilValue Value)> Call(
            Type type, string method, MachineMemory memory, params Sequence<CilValue> arguments)
        {
            if (reader.Call(Assembly.Method(type.FullName!, method), arguments, memory) is not CilReading<MachineMemory>.Read(
                var paths, var demands)
                || paths.Any(path => path.End is not CilEnd.Returned { Value: not null }))
            {
                IsUnderstood = false;
                return [];
            }

            Demands.AddRange(demands);
            return [.. paths.Select(path => (path.Condition, ((CilEnd.Returned)path.End).Value!))];
        }
    }
}
