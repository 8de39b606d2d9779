using RbpfSpec.Conformance.Diagnosis;
using RbpfSpec.Conformance.Formats;
using RbpfSpec.Conformance.Running;
using RbpfSpec.Reports;
using RbpfSpec.Semantics.Profiles;

namespace RbpfSpec.Conformance.Reports;

/// <summary>A cause, its simplest deviation, and that made small.</summary>
/// <param name="Cause">The cause.</param>
/// <param name="First">The deviation with the simplest program.</param>
/// <param name="Small">The same with a program cut down to what deviates.</param>
public sealed record ShownCause(Cause Cause, TestResult First, TestResult Small);

/// <summary>Deviations by cause, for people.</summary>
/// <param name="Machine">The machine.</param>
/// <param name="Profile">The machine variant that is right.</param>
/// <param name="Options">The options that name the machine again.</param>
/// <param name="Again">The command that runs one vector again.</param>
public sealed record CauseReport(MachineUnderTest Machine, Profile Profile, string Options, Func<Vector, string> Again)
{
    // What a screen holds: so many causes with a program, so many more with a line, so many lines of a program.
    private const int MostPrograms = 4;
    private const int MostLines = 8;
    private const int MostInstructions = 12;
    private const int MostWords = 5;

    /// <summary>
    /// The causes of the deviations among results, those that explain most first; the first of them with a small program.
    /// </summary>
    public IReadOnlyList<ShownCause> Of(IReadOnlyList<TestResult> results)
    {
        var causes = Causes.Of(results, Profile);
        if (causes.Count == 0) return [];
        using var session = Machine.Open(new());
        var shrinker = new Shrinker(session, Profile);
        return [.. causes.Select((cause, index) => new ShownCause(
            cause, cause.Results[0], index < MostPrograms ? shrinker.Shrunk(cause.Results[0], cause.Point) : cause.Results[0]))];
    }

    /// <summary>Prints causes.</summary>
    /// <param name="causes">The causes.</param>
    /// <param name="report">Where they go.</param>
    public void Print(IReadOnlyList<ShownCause> causes, ITextReport report)
    {
        var total = causes.Sum(shown => shown.Cause.Results.Count);
        report.Heading(causes.Count == 1 ? $"one probable cause explains {Deviations(total)}"
            : $"{causes.Count} probable causes explain {Deviations(total)}");
        foreach (var (shown, index) in causes.Take(MostPrograms + MostLines).Select((shown, index) => (shown, index)))
        {
            report.Bad(
                $"{index + 1}. {shown.Cause.Name}: {shown.Cause.Deviating} of {Vectors(shown.Cause.Total)} "
                + $"with it deviate{(index == 0 ? "" : $", {shown.Cause.Results.Count} of them explained by nothing above")}");
            if (index >= MostPrograms) continue;
            foreach (var line in Lines(shown)) report.Line($"   {line}");
        }

        if (causes.Count > MostPrograms + MostLines)
        {
            report.Line($"and {causes.Count - MostPrograms - MostLines} more; --report html or json has them all");
        }
    }

    /// <summary>The lines of a cause: what was expected and came, the program, and how to see it again.</summary>
    public IEnumerable<string> Lines(ShownCause shown)
    {
        var vector = shown.Small.Vector;
        yield return $"{vector.Name}{(IsCut(shown) ? ", made small" : "")}: {shown.Small.Reason}";
        if (vector.Purpose != "" && !IsCut(shown)) yield return vector.Purpose;
        foreach (var line in Listing(vector)) yield return $"  {line}";
        if (!vector.Memory.IsEmpty) yield return $"  memory {Cut(Convert.ToHexStringLower(vector.Memory.AsSpan()))}";
        if (Registers(shown.Small) is { } registers) yield return $"  {registers}";
        yield return $"again: {Again(shown.First.Vector)}";
        if (IsCut(shown)) yield return $"small: {Small(vector)}";
    }

    /// <summary>Words and answers that say more than a deviation: unknown words, and one answer to everything.</summary>
    public static IEnumerable<string> Remarks(IReadOnlyList<TestResult> results)
    {
        var replies = results.Where(result => result.Reply is not null && result.Status is not TestStatus.Unsupported)
            .Select(result => result.Reply!).ToList();
        if (replies.Count >= MostWords * 2 && replies.Select(reply => reply.Describe()).Distinct().Take(2).Count() == 1)
            yield return $"the machine answers all {replies.Count} vectors alike: {replies[0].Describe()}";
        foreach (var isTaken in (bool[])[true, false])
        {
            var words = replies.OfType<MachineReply.Refused>().Where(reply => reply.IsTaken == isTaken)
                .GroupBy(reply => reply.Word).OrderByDescending(group => group.Count()).ToList();
            if (words.Count == 0) continue;
            var listed = string.Join(", ", words.Take(MostWords).Select(group => $"'{Cut(group.Key)}' ({group.Count()})"));
            yield return isTaken
                ? $"lenient: words without a meaning passed for whatever was expected: {listed}"
                : $"words that the protocol does not have: {listed}; --traps FILE says what they mean, see docs/protocols.md";
        }
    }

    /// <summary>A vector's program, a line an instruction: slot, bytes, assembly.</summary>
    public static IEnumerable<string> Listing(Vector vector)
    {
        if (vector.Program is not VectorProgram.Code(var code)) yield break;
        var instructions = ProgramListing.Of(code).ToList();
        foreach (var line in instructions.Take(MostInstructions))
            yield return $"{line.Slot,4}  {Convert.ToHexStringLower(line.Bytes.AsSpan()),-16}  {line.Text}";
        if (instructions.Count > MostInstructions)
            yield return $"      and {Counted.Of(instructions.Count - MostInstructions, "more instruction")}";
    }

    private static bool IsCut(ShownCause shown) =>
        shown.Small.Vector.Program != shown.First.Vector.Program || shown.Small.Vector.Memory != shown.First.Vector.Memory;

    // Of what the machine tells, what differs; addresses of its own do.
    private static string? Registers(TestResult result)
    {
        if (result is not { Reply.State: ToldState.Theirs { Registers: { } told }, Vector.After: { } after }
            || told.Count != after.Registers.Count)
        {
            return null;
        }

        var different = Enumerable.Range(0, told.Count).Where(number => told[number] != after.Registers[number]).ToList();
        if (different.Count == 0) return null;
        var shown = different.Select(number => $"r{number} = 0x{told[number]:x} (right: 0x{after.Registers[number]:x})");
        return $"registers {string.Join(", ", shown)}";
    }

    private string Small(Vector vector)
    {
        var expected = vector.Expectation switch
        {
            Expectation.Returns(var r0) => $$"""{"r0":"0x{{r0:x}}"}""",
            Expectation.Refuses => """{"rejected":true}""",
            Expectation.Traps(var trap, var pc) => $$"""{"trap":"{{trap}}","pc":{{pc}}}""",
        };
        var code = Convert.ToHexStringLower(((VectorProgram.Code)vector.Program).Bytes.AsSpan());
        var memory = Convert.ToHexStringLower(vector.Memory.AsSpan());
        var input = $$"""{"program":"{{code}}","memory":"{{memory}}","expected":{{expected}}}""";
        return $"echo '{input}' | ./rbpf conformance run - --profile {Profile.Name} {Options}".TrimEnd();
    }

    private static string Cut(string text) => text.Length <= 64 ? text : $"{text[..64]}…";

    private static string Deviations(int count) => count == 1 ? "one deviation" : $"{count} deviations";

    private static string Vectors(int count) => count == 1 ? "one vector" : $"{count} vectors";
}
