using System.Security.Cryptography;
using System.Text.Json;
using RbpfSpec.Ranges.Analysis;
using RbpfSpec.Ranges.Findings;
using RbpfSpec.Ranges.Words;
using RbpfSpec.Semantics.Helpers;
using RbpfSpec.Semantics.Operations;
using RbpfSpec.Semantics.Running;
using RbpfSpec.Semantics.Validity;

namespace RbpfSpec.Ranges.Certificates;

/// <summary>The result of reading and checking a certificate.</summary>
public abstract record CertificateReading
{
    private CertificateReading()
    {
    }

    /// <summary>All that it claims is so, on all runs that it is about.</summary>
    /// <param name="Cases">What was confirmed, for each kind of context.</param>
    public sealed record True(Sequence<CheckedCase.True> Cases) : CertificateReading;

    /// <summary>It is not about these runs, or something of it does not follow.</summary>
    /// <param name="Problem">What, in a sentence.</param>
    public sealed record Refused(string Problem) : CertificateReading;
}

/// <summary>A certificate as a file: JSON, what it assumes first, then a state for each node where ways meet.</summary>
public static class RangeCertificate
{
    /// <summary>The version of the form.</summary>
    public const int Version = 2;

    /// <summary>The file that says what a report relies on.</summary>
    /// <param name="program">The program.</param>
    /// <param name="helpers">The helpers that it may call.</param>
    /// <param name="report">The report, of an analysis that came to its end.</param>
    public static byte[] Write(CheckedProgram program, Sequence<Helper> helpers, RangeReport report)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, new() { Indented = true }))
        {
            writer.WriteStartObject();
            writer.WriteNumber("version", Version);
            writer.WriteStartObject("assumes");
            writer.WriteString("program", Hash(program.Program.ToBytes()));
            writer.WriteNumber("entry", program.Entry);
            writer.WriteString("profile", program.Rules.Profile.Name);
            writer.WriteNumber("frameBytes", program.Rules.Profile.FrameBytes);
            writer.WriteNumber("frameLimit", program.Rules.Profile.FrameLimit);
            writer.WriteString("initialRegisters", program.Rules.Profile.InitialRegisters.ToString());
            writer.WriteString("helpers", Hash(program, helpers));
            writer.WriteStartArray("regions");
            foreach (var region in Texts(report.Confirmed.Map(static one => one.Program))) writer.WriteStringValue(region);
            writer.WriteEndArray();
            writer.WriteNumber("leastContext", report.Context.Least);
            writer.WriteNumber("greatestContext", report.Context.Greatest);
            writer.WriteEndObject();
            writer.WriteStartArray("cases");
            foreach (var one in report.Confirmed) Write(writer, one);
            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        return stream.ToArray();
    }

    /// <summary>Checks a file, for a program and the contexts that are asked about.</summary>
    /// <param name="bytes">The file.</param>
    /// <param name="program">The program.</param>
    /// <param name="cases">The contexts, with what else a run is given.</param>
    public static CertificateReading Check(ReadOnlyMemory<byte> bytes, CheckedProgram program, Sequence<AnalysedProgram> cases)
    {
        ArgumentNullException.ThrowIfNull(program);
        return Read(bytes, root => Check(root, program, cases));
    }

    /// <summary>Checks a file, for a program, what its runs are given, and all contexts that the file is about.</summary>
    /// <param name="bytes">The file.</param>
    /// <param name="program">The program.</param>
    /// <param name="regions">The regions of a run, but for stack and context.</param>
    /// <param name="helpers">The helpers that it may call.</param>
    public static CertificateReading Check(
        ReadOnlyMemory<byte> bytes, CheckedProgram program, Sequence<Region<Word>> regions, Sequence<Helper> helpers)
    {
        ArgumentNullException.ThrowIfNull(program);
        return Read(bytes, root =>
        {
            var assumed = root.GetProperty("assumes");
            var lengths = new ContextLengths(
                assumed.GetProperty("leastContext").GetInt32(), assumed.GetProperty("greatestContext").GetInt32());
            return lengths.Least < 0 || lengths.Greatest < lengths.Least || lengths.Greatest > ContextLengths.Most
                ? new CertificateReading.Refused("there are no contexts that it is about")
                : Check(root, program, AnalysedProgram.Cases(new ReferenceMachine(program), program.Entry, regions, helpers, lengths));
        });
    }

    private static CertificateReading Read(ReadOnlyMemory<byte> bytes, Func<JsonElement, CertificateReading> check)
    {
        if (bytes.IsEmpty) return new CertificateReading.Refused($"it is no certificate: it is empty; {Expected}");
        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(bytes);
        }
        catch (JsonException exception)
        {
            return new CertificateReading.Refused($"it is no certificate: no JSON from line {exception.LineNumber + 1} on; {Expected}");
        }

        using (document)
        {
            try
            {
                if (CertificateForm.ProblemOf(document.RootElement) is { } departs)
                    return new CertificateReading.Refused($"it is no certificate: {departs}; {Expected}");
                return check(document.RootElement);
            }
            catch (Exception exception) when (exception is KeyNotFoundException or InvalidOperationException or FormatException)
            {
                // Its form is right: what is left to be wrong with it is found as its texts are read.
                return new CertificateReading.Refused($"it is no certificate: a text of it is no valid Unicode; {Expected}");
            }
        }
    }

    private const string Expected = "expected what 'analyze --certificate' writes";

    private static CertificateReading Check(JsonElement root, CheckedProgram program, Sequence<AnalysedProgram> cases)
    {
        var assumed = root.GetProperty("assumes");
        var profile = program.Rules.Profile;
        if (root.GetProperty("version").GetInt32() != Version) return new CertificateReading.Refused($"its version is not {Version}");
        if (assumed.GetProperty("program").GetString() != Hash(program.Program.ToBytes())) return Not("program");
        if (assumed.GetProperty("entry").GetInt32() != program.Entry) return Not("entry");
        if (assumed.GetProperty("profile").GetString() != profile.Name) return Not("profile");
        if (assumed.GetProperty("frameBytes").GetInt32() != profile.FrameBytes) return Not("size of frames");
        if (assumed.GetProperty("frameLimit").GetInt32() != profile.FrameLimit) return Not("number of frames");
        if (assumed.GetProperty("initialRegisters").GetString() != profile.InitialRegisters.ToString()) return Not("beginning");
        if (assumed.GetProperty("helpers").GetString() != Hash(program, cases.IsEmpty ? [] : cases[0].Helpers))
            return Not("set of helpers");
        var regions = assumed.GetProperty("regions").EnumerateArray().Select(static region => region.GetString()).ToArray();
        if (!regions.SequenceEqual(Texts(cases))) return Not("memory");
        var (least, greatest) = (assumed.GetProperty("leastContext").GetInt32(), assumed.GetProperty("greatestContext").GetInt32());
        var claims = root.GetProperty("cases").EnumerateArray().ToArray();
        List<CheckedCase.True> confirmed = [];
        foreach (var one in cases)
        {
            if (one.Context.Least < least || one.Context.Greatest > greatest)
            {
                return new CertificateReading.Refused(
                    $"it is about contexts of {new ContextLengths(least, greatest)} bytes, not {one.Context}");
            }

            var index = Array.FindIndex(claims, claim =>
                claim.GetProperty("leastContext").GetInt32() <= one.Context.Least
                && claim.GetProperty("greatestContext").GetInt32() >= one.Context.Greatest);
            if (index < 0)
                return new CertificateReading.Refused($"it has nothing of contexts of {one.Context} bytes");
            if (ControlFlow.Of(one.Machine, one.Entry) is not { } flow)
                return new CertificateReading.Refused("the calls cannot be followed");
            if (States(claims[index], flow, out var wrong) is not { } states)
            {
                return new CertificateReading.Refused(
                    $"'cases[{index}].states[{wrong}]' makes no sense: it is no state of the program there");
            }

            switch (CertificateChecker.Check(one, flow, states))
            {
                case CheckedCase.True truth:
                    confirmed.Add(truth);
                    break;
                case CheckedCase.Refused(var problem):
                    return new CertificateReading.Refused(problem);
            }
        }

        return new CertificateReading.True(confirmed.ToSequence());

        static CertificateReading.Refused Not(string what) => new($"it is about another {what}");
    }

    private static void Write(Utf8JsonWriter writer, CheckedCase.True one)
    {
        writer.WriteStartObject();
        writer.WriteNumber("leastContext", one.Program.Context.Least);
        writer.WriteNumber("greatestContext", one.Program.Context.Greatest);
        writer.WriteStartArray("states");
        foreach (var (node, state) in one.States.OrderBy(static pair => pair.Key))
        {
            writer.WriteStartObject();
            writer.WriteNumber("node", node);
            writer.WriteNumber("slot", one.Flow.Nodes[node].Slot);
            Words(writer, "registers", state.Registers);
            writer.WriteStartArray("frames");
            foreach (var (returnTo, saved, cells) in state.Frames)
            {
                writer.WriteStartObject();
                writer.WriteNumber("returnTo", returnTo);
                Words(writer, "saved", saved);
                writer.WriteStartArray("cells");
                foreach (var cell in cells.Cells.ToArray()) writer.WriteStringValue(Numbered(cell.Offset, cell.Word));
                writer.WriteEndArray();
                var zeros = cells.Zeros.ToArray().Select(static bits => FormattableString.Invariant($"{bits:x}"));
                writer.WriteString("zeros", string.Join(' ', zeros));
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
            writer.WriteStartArray("rounds");
            foreach (var counter in state.Counters) writer.WriteStringValue(Numbered(counter.Head, counter.Word));
            writer.WriteEndArray();
            writer.WriteStartArray("values");
            foreach (var (_, word) in state.Relations.Values.ToArray()) writer.WriteStringValue(WordText.Write(word));
            writer.WriteEndArray();
            writer.WriteStartArray("sums");
            foreach (var fact in state.Relations.Facts.ToArray()) writer.WriteStringValue(WordText.Write(fact));
            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void Words(Utf8JsonWriter writer, string name, Sequence<RangeWord> words)
    {
        writer.WriteStartArray(name);
        foreach (var word in words) writer.WriteStringValue(WordText.Write(word));
        writer.WriteEndArray();
    }

    // The states of a case; null, with the index of the first, if one makes no sense.
    private static Dictionary<int, AbstractState>? States(JsonElement claim, ControlFlow flow, out int wrong)
    {
        Dictionary<int, AbstractState> states = [];
        wrong = 0;
        foreach (var element in claim.GetProperty("states").EnumerateArray())
        {
            var node = element.GetProperty("node").GetInt32();
            if (node < 0 || node >= flow.Nodes.Count || element.GetProperty("slot").GetInt32() != flow.Nodes[node].Slot) return null;
            if (StateReader.Read(element) is not { } state || !states.TryAdd(node, state)) return null;
            wrong++;
        }

        return states;
    }

    private static string Text(AnalysedRegion region) => FormattableString.Invariant(
        $"{region.Start:x} {WordText.Write(region.Length)} {(int)region.Permission} {Hash(region.Bytes.AsSpan().ToArray())}");

    // The regions, in ascending order of address.
    private static IEnumerable<string> Texts(Sequence<AnalysedProgram> cases) =>
        (cases.IsEmpty ? [] : cases[0].Regions).OrderBy(static region => region.Start).Select(Text);

    // Of each helper that the program calls what it is declared as: others make no difference.
    private static string Hash(CheckedProgram program, Sequence<Helper> helpers)
    {
        var machine = new ReferenceMachine(program);
        SortedSet<uint> called = [];
        for (var slot = 0; slot < program.Program.Length; slot++)
        {
            if (machine.At(slot) is Decoded.Valid({ Form.Operation: CallOperation.ByHelperId } call)) called.Add((uint)call.Immediate);
        }

        return Hash(System.Text.Encoding.UTF8.GetBytes(string.Join('\n', called.Select(id =>
            helpers.FirstOrDefault(helper => helper.Id == id) is { } helper ? $"{id} {Arguments(helper)}" : $"{id} none"))));
    }

    private static string Arguments(Helper helper) => string.Join(", ", (IEnumerable<ArgumentKind>)helper.Arguments);

    private static string Numbered(int number, RangeWord word) => FormattableString.Invariant($"{number} {WordText.Write(word)}");

    private static string Hash(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}
