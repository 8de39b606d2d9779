using RbpfSpec.Proofs.Programs;
using RbpfSpec.Proving.Claims;
using RbpfSpec.Semantics.Encoding;
using RbpfSpec.Semantics.Validity;
using RbpfSpec.Symbolic.Machine;
using RbpfSpec.Symbolic.Terms;
using RbpfSpec.Symbolic.Words;

namespace RbpfSpec.Proofs.Replays;

/// <summary>Models of places in a program, where nothing executes, on the concrete checks.</summary>
public static class PreflightReplay
{
    /// <summary>Whether a place breaks a check that is not left out.</summary>
    public static Term IsRejected(Site<TermWord> site, Sequence<Check> leftOut) =>
        Make.Any(Preflight.Checks.Where(check => !leftOut.Contains(check)).Select(check => check.Violated(site).Term));

    /// <summary>Replays a place at which the checks asked find too little.</summary>
    public static Replay OfSite(Site<TermWord> site, Sequence<Check> leftOut, Assignment assignment)
    {
        var concrete = StepReplay.Concrete(site, assignment);
        var happened = Preflight.Checks.Where(check => check.Violated(concrete).Value).Select(check => check.Id).ToSequence();
        var said = Preflight.Checks.Where(check => Concretise.Value(check.Violated(site), assignment).Value)
            .Select(check => check.Id).ToSequence();
        if (happened != said) return new Replay.NotShown($"the slot breaks the checks {happened}, its terms {said}");
        var next = concrete.HasNext.Value ? (ReadOnlySpan<Slot>)[new(concrete.Next.Bits.Value)] : [];
        return new Replay.Shown(
        [
            $"slot {concrete.Index} of {concrete.Length}:",
            .. ProgramText.Lines(new([new(concrete.Slot.Bits.Value), .. next])),
            $"it breaks the checks {happened}",
            .. leftOut.IsEmpty ? (ReadOnlySpan<string>)[]
                : [$"of those asked, {happened.Where(id => leftOut.All(check => check.Id != id)).ToSequence()}"],
        ]);
    }

    /// <summary>Replays an instruction, given by its index and its slots, after which there is no slot of the program.</summary>
    public static Replay OfEnd(int slots, Assignment assignment)
    {
        var index = Concretise.Value(AnyProgram.Index, assignment);
        var length = Concretise.Value(AnyProgram.Length, assignment);
        var after = index + Word.Of((ulong)slots);
        return Word.LessUnsigned(after, length).Value && Word.LessUnsigned(index, after).Value
            ? new Replay.NotShown($"slot {after} of {length.Value} is in the program")
            : new Replay.Shown([$"after slot {index.Value}, {slots} further, of {length.Value} slots comes none"]);
    }

    /// <summary>Replays an entry that passes, or would without a part of its check, and at which no instruction starts.</summary>
    public static Replay OfEntry(TermWord index, Truth<TermWord> startsInstruction, Assignment assignment)
    {
        var entry = Concretise.Value(index, assignment);
        var length = Concretise.Value(AnyProgram.Length, assignment);
        var isInside = entry.Value < length.Value;
        var starts = Concretise.Value(startsInstruction, assignment).Value;
        var passes = Preflight.IsEntry(entry, length, _ => Truth<Word>.Of(starts)).Value;
        return passes == (isInside && starts)
            ? new Replay.Shown(
            [
                $"entry {entry} of a program of {length.Value} slots, {(starts ? "where an instruction starts" : "where none starts")}",
                $"the check of the entry {(passes ? "accepts" : "rejects")} it",
            ])
            : new Replay.NotShown($"entry {entry} of {length.Value} slots passes: {passes}");
    }
}
