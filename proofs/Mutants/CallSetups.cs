using RbpfSpec.Host;
using RbpfSpec.Proofs.Operations;
using RbpfSpec.Proofs.Setups;
using RbpfSpec.Semantics.Helpers;
using RbpfSpec.Semantics.Instructions;
using RbpfSpec.Semantics.Operations;
using RbpfSpec.Semantics.Profiles;
using RbpfSpec.Symbolic.Words;

namespace RbpfSpec.Proofs.Mutants;

/// <summary>
/// Calls of the helpers whose bodies are stated over bytes alone: what they are granted, and what of it reaches the state.
/// </summary>
internal static class CallSetups
{
    // A copy of known length is a copy of any: no rule asks for the length but to compare it and to add it.
    private static readonly Sequence<ulong> Lengths = [0, 1, 3];

    private static readonly TermWord PrintedPlace = TermWord.Variable("told.offset", Width.Bits64);

    /// <summary>The setups of a call by helper id or BTF id; none of another encoding.</summary>
    public static IEnumerable<Setup> Of(Form form, Profile profile)
    {
        if (form.Operation is not (CallOperation.ByHelperId or CallOperation.ByBtfId)) return [];
        var any = SetupCatalogue.Of(form, profile, 2).First();
        return DefaultHost.Functions.SelectMany(function => function.Declaration switch
        {
            { Name: "printf" } declared => [With(PrintingOf(any), declared, "", Print)],
            { Name: "memcpy" } declared => Lengths.Select(length => With(CopyingOf(any, length), declared, $", {length} bytes", Copy)),
            _ => (IEnumerable<Setup>)[],
        });
    }

    /// <summary>The accesses that a call asks for, where the number of bytes is known; first those to write.</summary>
    public static IEnumerable<(TermWord Address, int Count)> Accesses(Setup call)
    {
        var function = call.State.Host.Helpers.First(each => call.Fields.Immediate.IsKnown(out var id) && each.Declaration.Id == id);
        var arguments = Sequence.Generate(Helper.MostArguments, index => call.State.Registers[index + 1]);
        return
            from index in Enumerable.Range(0, function.Declaration.Arguments.Count)
            let kind = function.Declaration.Arguments[index]
            orderby kind is ArgumentKind.Writable descending
            let access = HelperCalls.AccessOf<TermWord>(arguments[index], kind, arguments)
            where access is { } && !IsToTheEnd(kind) && access.Value.Count.IsKnown(out _)
            select (arguments[index], Known(access.Value.Count));
    }

    private static bool IsToTheEnd(ArgumentKind kind) =>
        kind is ArgumentKind.Readable(ByteCount.RestOfRegion) or ArgumentKind.Writable(ByteCount.RestOfRegion);

    private static int Known(TermWord count) => count.IsKnown(out var value) ? (int)value : 0;

    private static Setup With(
        Setup setup, Helper declared, string variant, Func<HelperCall<TermWord>, HelperResult<TermWord>> body)
    {
        Sequence<HelperFunction<TermWord>> functions = [new(declared, body)];
        return setup with
        {
            Variant = $"[{declared.Name}{variant}]",
            Fields = setup.Fields with { Immediate = TermWord.Constant(declared.Id, Width.Bits32) },
            State = setup.State with { Host = setup.State.Host with { Helpers = functions, BtfFunctions = functions } },
            Helpers = _ => DefaultHost.Functions,
        };
    }

    private static Setup CopyingOf(Setup setup, ulong length) => setup with
    {
        State = setup.State with { Registers = setup.State.Registers.With(3, TermWord.Constant(length, Width.Bits64)) },
    };

    private static Setup PrintingOf(Setup setup) => setup with
    {
        Hypotheses =
            [.. setup.Hypotheses, .. Regions.OfByteBeforeTheEnd(setup.State.Memory.Regions, setup.State.Registers[1], PrintedPlace)],
    };

    // What it prints is made of the bytes of its view, and of numbers: any one of them tells what all tell.
    private static HelperResult<TermWord> Print(HelperCall<TermWord> call)
    {
        var which = TermWord.Variable("told", Width.Bits64);
        var told = call.Views[0].Read(PrintedPlace, Width.Bits8).ZeroExtend(Width.Bits64);
        for (var i = 1; i < call.Arguments.Count; i++) told = Choose(i, call.Arguments[i], told);
        return new(Choose(0, call.Views[0].Length, told), call.State, []);

        TermWord Choose(int index, TermWord value, TermWord otherwise) =>
            TermWord.Choose(TermWord.Same(which, TermWord.Constant((ulong)index, Width.Bits64)), value, otherwise);
    }

    private static HelperResult<TermWord> Copy(HelperCall<TermWord> call) =>
        new(call.Arguments[0], call.State, []) { Copies = [new(1, 2, call.Arguments[2])] };
}
