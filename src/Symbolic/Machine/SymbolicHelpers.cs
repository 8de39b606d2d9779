using RbpfSpec.Host;
using RbpfSpec.Semantics.Helpers;
using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Operations;
using RbpfSpec.Semantics.Running;
using RbpfSpec.Semantics.Validity;
using RbpfSpec.Symbolic.Words;

namespace RbpfSpec.Symbolic.Machine;

/// <summary>The helpers that ship, over terms, as far as they have a meaning there.</summary>
public static class SymbolicHelpers
{
    // More would be slow, and no frame or context is longer.
    private const ulong LongestCopy = 4096;

    private const uint CopyId = 0x02;

    private static readonly Sequence<HelperFunction<TermWord>> Stores = DefaultHost.StoreFunctions<TermWord>();

    /// <summary>The helpers with the ids of concrete ones.</summary>
    public static Sequence<HelperFunction<TermWord>> Like(Sequence<HelperFunction<Word>> helpers) =>
        helpers.Map(helper => Like(helper.Declaration));

    /// <summary>Why the next instruction of a state cannot be executed on terms; empty if it can.</summary>
    public static string Refusal(ReferenceMachine machine, State<TermWord> state)
    {
        if (!state.ProgramCounter.IsKnown(out var index) || index >= (ulong)machine.Program.Length) return "";
        if (machine.At((int)index) is not Decoded.Valid(var instruction)) return "";
        if (instruction.Form.Operation is not CallOperation.ByHelperId) return "";
        foreach (var helper in state.Host.Helpers)
        {
            if (helper.Declaration.Id == unchecked((uint)instruction.Immediate)) return Refusal(helper.Declaration, state);
        }

        return "";
    }

    private static string Refusal(Helper declaration, State<TermWord> state)
    {
        if (declaration.Id == CopyId)
        {
            return !state.Registers[3].IsKnown(out var length) ? $"{declaration.Name} of an unknown number of bytes"
                : length > LongestCopy ? $"{declaration.Name} of more than {LongestCopy} bytes"
                : "";
        }

        return HasMeaning(declaration) ? "" : $"the helper {declaration.Name} has no symbolic meaning";
    }

    private static bool HasMeaning(Helper declaration) => Stores.Any(store => store.Declaration.Id == declaration.Id);

    private static HelperFunction<TermWord> Like(Helper declaration) => declaration.Id == CopyId
        ? new(declaration, Copy)
        : Stores.FirstOrDefault(store => store.Declaration.Id == declaration.Id)
            ?? new(declaration, _ => throw new System.Diagnostics.UnreachableException());

    private static HelperResult<TermWord> Copy(HelperCall<TermWord> call)
    {
        List<ViewWrite<TermWord>> writes = [];
        if (!call.Arguments[2].IsKnown(out var length)) throw new System.Diagnostics.UnreachableException();
        for (ulong i = 0; i < length; i++)
        {
            var offset = TermWord.Constant(i, Width.Bits64);
            writes.Add(new(1, offset, call.Views[1].Read(offset, Width.Bits8)));
        }

        return new(call.Arguments[0], call.State, writes.ToSequence());
    }
}
