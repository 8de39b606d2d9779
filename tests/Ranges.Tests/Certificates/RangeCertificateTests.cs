using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using RbpfSpec.Ranges.Certificates;
using RbpfSpec.Ranges.Findings;
using RbpfSpec.Ranges.Tests.Analysis;
using RbpfSpec.Ranges.Tests.Findings;

namespace RbpfSpec.Ranges.Tests.Certificates;

/// <summary>Certificates are confirmed without the analysis; what was changed in one is refused, or true as well.</summary>
/// <remarks>RBPFSPEC_RANGE_MUTANTS says how many are changed of each program, 40 unless given.</remarks>
public sealed class RangeCertificateTests
{
    private static int Mutants =>
        int.TryParse(Environment.GetEnvironmentVariable("RBPFSPEC_RANGE_MUTANTS"), CultureInfo.InvariantCulture, out var count)
            ? count
            : 40;

    [Theory]
    [InlineData("examples/increment.o", 8, 64)]
    [InlineData("bench/workloads/copy.o", 256, 512)]
    [InlineData("bench/workloads/sensor.o", 0, 4096)]
    public void A_certificate_is_confirmed_without_the_analysis(string path, int least, int greatest)
    {
        var analysed = Analysed.Of(path, new(least, greatest));
        analysed.Report.Problems.ShouldBeEmpty();
        var file = RangeCertificate.Write(analysed.Program, RbpfSpec.Host.Helpers.HelperCatalogue.Declarations, analysed.Report);
        var confirmed = RangeCertificate.Check(file, analysed.Program, analysed.Cases).ShouldBeOfType<CertificateReading.True>();
        RangeReport.Of(analysed.Report.Context, confirmed.Cases, []).Sites.ShouldBe(analysed.Report.Sites);

        // One that is about fewer contexts is not about these.
        var others = analysed with { Report = Analysed.Of(path, new(least, greatest + 1)).Report };
        RangeCertificate.Check(file, analysed.Program, others.Cases).ShouldBeOfType<CertificateReading.Refused>();
    }

    // Of so many, what looks at each beside all others takes minutes.
    [Theory]
    [InlineData("values", "more values than can be followed")]
    [InlineData("sums", "more sums than can be followed")]
    [InlineData("rounds", "it counts rounds of what is no loop")]
    [InlineData("cells", "cells of the stack that overlap, or lie beyond its end")]
    public void A_certificate_that_says_more_than_there_is_to_be_said_is_refused(string part, string problem)
    {
        const int Many = 300_000;
        var texts = Enumerable.Range(1, Many).Select(number => FormattableString.Invariant(part switch
        {
            "values" => $"64 0 ffffffffffffffff 0 ffffffffffffffff {number:x} 1 0",
            "sums" => $"1*1 {number}",
            "rounds" => $"{Many + number} 64 0 0 0 0",
            _ => $"{number % ushort.MaxValue} 8 0 0 0 0",
        }));

        Refusal(state => (part == "cells" ? state["frames"]![0]! : state)[part] = new JsonArray([.. texts.Select(text => (JsonNode)text)]))
            .ShouldEndWith(problem);
    }

    // Of a state that no run comes to, too: nothing that comes there is compared with it.
    [Theory]
    [InlineData("frames", "[]", "it is no state of the program there")]
    [InlineData("frames/0/returnTo", "0", "another call in progress")]
    [InlineData("frames/0/saved", "[\"64 0 0 0 0\"]", "another call in progress")]
    [InlineData("frames/0/zeros", "\"\"", "another size of frames")]
    [InlineData("frames/0/cells", "[\"508 64 0 0 0 0\"]", "lie beyond its end")]
    [InlineData("frames/0/cells", "[\"8 64 0 0 0 0\", \"12 32 0 0 0 0\"]", "cells of the stack that overlap, or lie beyond its end")]
    public void A_state_that_no_machine_can_be_in_is_refused(string path, string value, string problem)
    {
        Refusal(state =>
        {
            var names = path.Split('/');
            var node = names[..^1].Aggregate(state, static (node, name) => name == "0" ? node[0]! : node[name]!);
            node[names[^1]] = JsonNode.Parse(value);
        }).ShouldEndWith(problem);
    }

    [Fact]
    public void What_is_missing_or_of_another_kind_is_named_by_its_path()
    {
        const string expected = "expected what 'analyze --certificate' writes";
        var analysed = Analysed.Of("bench/workloads/copy.o", new(256, 512));
        var file = RangeCertificate.Write(analysed.Program, RbpfSpec.Host.Helpers.HelperCatalogue.Declarations, analysed.Report);
        var root = JsonNode.Parse(file)!;
        var all = Parts(root, "").ToList();
        all.Count.ShouldBeGreaterThan(25);
        foreach (var (path, parent, name) in Enumerable.Reverse(all))
        {
            var kept = parent[name]!.DeepClone();
            parent[name] = true;
            Problem().ShouldStartWith($"it is no certificate: '{path}' is true; expected ");
            parent.Remove(name);
            Problem().ShouldBe($"it is no certificate: '{path}' is missing; {expected}");
            parent[name] = kept;
        }

        RangeCertificate.Check("[]"u8.ToArray(), analysed.Program, analysed.Cases)
            .ShouldBe(new CertificateReading.Refused($"it is no certificate: it is an array; expected an object; {expected}"));
        root["cases"]![0]!["states"]![0]!["registers"]![0] = "no word";
        Problem().ShouldBe("'cases[0].states[0]' makes no sense: it is no state of the program there");

        string Problem() => RangeCertificate.Check(Encoding.UTF8.GetBytes(root.ToJsonString()), analysed.Program, analysed.Cases)
            .ShouldBeOfType<CertificateReading.Refused>().Problem;
    }

    // The members of all objects, of the first of an array.
    private static IEnumerable<(string Path, JsonObject Parent, string Name)> Parts(JsonNode? node, string path)
    {
        var below = node is JsonArray { Count: > 0 } array ? Parts(array[0], $"{path}[0]") : [];
        if (node is not JsonObject parent) return below;
        return parent.ToList().SelectMany(member =>
            Parts(member.Value, Below(member.Key)).Prepend((Below(member.Key), parent, member.Key)));

        string Below(string name) => path == "" ? name : $"{path}.{name}";
    }

    [Theory]
    [Trait("Needs", "time")]
    [InlineData("bench/workloads/sensor.o", 0, 64)]
    [InlineData("examples/bubble_sort.o", 0, 64)]
    public void A_certificate_that_was_changed_is_refused_or_still_true(string path, int least, int greatest)
    {
        var analysed = Analysed.Of(path, new(least, greatest));
        analysed.Report.Problems.ShouldBeEmpty();
        var file = RangeCertificate.Write(analysed.Program, RbpfSpec.Host.Helpers.HelperCatalogue.Declarations, analysed.Report);
        var first = file.AsSpan().IndexOf("\"states\""u8);
        for (var number = 0; number < Mutants; number++)
        {
            var dice = new Dice((ulong)number);
            var changed = (byte[])file.Clone();
            for (var done = 0; done < 1;)
            {
                var at = dice.Between(first, changed.Length - 1);
                if (!char.IsAsciiHexDigit((char)changed[at])) continue;
                changed[at] = (byte)"0123456789"[dice.Between(0, 9)];
                done++;
            }

            if (RangeCertificate.Check(changed, analysed.Program, analysed.Cases) is not CertificateReading.True(var cases)) continue;
            var report = RangeReport.Of(analysed.Report.Context, cases, []);
            long steps = 0;
            foreach (var length in (int[])[least, 1, 7, 16, greatest])
            {
                Among.Problem(report, analysed.Program, analysed.Start(dice.Bytes(length)), 3_000, ref steps)
                    .ShouldBeNull($"mutant {number} of {path}, context of {length} bytes");
            }
        }
    }

    // Why a certificate is refused of which one state was changed.
    private static string Refusal(Action<JsonNode> change)
    {
        var analysed = Analysed.Of("bench/workloads/copy.o", new(256, 512));
        var root = JsonNode.Parse(
            RangeCertificate.Write(analysed.Program, RbpfSpec.Host.Helpers.HelperCatalogue.Declarations, analysed.Report))!;
        change(root["cases"]![0]!["states"]![1]!);
        return RangeCertificate.Check(Encoding.UTF8.GetBytes(root.ToJsonString()), analysed.Program, analysed.Cases)
            .ShouldBeOfType<CertificateReading.Refused>().Problem;
    }
}
