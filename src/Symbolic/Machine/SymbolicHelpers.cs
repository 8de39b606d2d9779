using RbpfSpec.Semantics;
using RbpfSpec.Semantics.Encoding;
using RbpfSpec.Semantics.Host;
using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Operations;
using RbpfSpec.Symbolic.Words;

namespace RbpfSpec.Symbolic.Machine;

/// <summary>The helpers that ship, over terms, as far as they have a meaning there.</summary>
public static class SymbolicHelpers
{
    // More would be slow, and no frame or context is longer.
    private const ulong LongestCopy = 4096;

    private const uint CopyId = 0x02;

    private static readonly Sequence<HelperFunction<TermWord, TermBit>> Stores = DefaultHost.StoreFunctions<TermWord, TermBit>();

    /// <summary>The helpers with the ids of concrete ones.</summary>
    public static Sequence<HelperFunction<TermWord, TermBit>> Like(Sequence<HelperFunction<Word, Bit>> helpers) =>
        helpers.Map(helper => Like(helper.Declaration));

    /// <summary>Why the next instruction of a state cannot be executed on terms; empty if it can.</summary>
    public static string Refusal(ReferenceMachine machine, State<TermWord, TermBit> state)
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

    private static string Refusal(Helper declaration, State<TermWord, TermBit> state)
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

    private static HelperFunction<TermWord, TermBit> Like(Helper declaration) => declaration.Id == CopyId
        ? new(declaration, Copy)
        : Stores.FirstOrDefault(store => store.Declaration.Id == declaration.Id)
            ?? new(declaration, _ => throw new System.Diagnostics.UnreachableException());

    private static HelperResult<TermWord, TermBit> Copy(HelperCall<TermWord, TermBit> call)
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
