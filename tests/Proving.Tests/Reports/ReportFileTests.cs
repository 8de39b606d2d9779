using System.IO.Compression;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using RbpfSpec.Proofs;
using RbpfSpec.Proving.Campaigns;
using RbpfSpec.Proving.Claims;
using RbpfSpec.Proving.Ledgers;
using RbpfSpec.Proving.Reports;
using RbpfSpec.Symbolic.Solvers;
using RbpfSpec.Symbolic.Terms;

namespace RbpfSpec.Proving.Tests.Reports;

public partial class ReportFileTests : Scratch
{
    private static readonly Claim[] Claims =
    [
        Claim("rfc/alu/add-holds@rbpf"), Claim("rfc/alu/sub-holds@rbpf"), Claim("frame/alu/add-holds@rbpf"),
        Claim("rfc/alu/div-breaks@rbpf"), Claim("frame/mem/<x>-open[a]@rbpf"), Claim("frame/mem/ldx-dies"),
    ];

    [Fact]
    public void The_report_in_JSON_holds_the_ledger_and_what_shows_each_verdict()
    {
        var text = Report("json");

        var ledger = LedgerText.Read(text).ShouldBeOfType<LedgerReading.Read>().Ledger;
        ledger.Entries.Select(entry => entry.Id).ShouldBe(Claims.Select(claim => claim.Id), ignoreOrder: true);
        using var document = JsonDocument.Parse(text);
        document.RootElement.GetProperty("refuted").GetInt32().ShouldBe(1);
        document.RootElement.GetProperty("undecided").GetInt32().ShouldBe(2);
        document.RootElement.GetProperty("assumed").GetArrayLength().ShouldBeGreaterThan(3);
        var refuted = document.RootElement.GetProperty("claims").GetProperty("rfc/alu/div-breaks@rbpf");
        refuted.GetProperty("shown")[0].GetString().ShouldBe("a program");
        refuted.GetProperty("counterexamples").GetProperty("it is one")[0].GetString().ShouldBe("the mutant: r0=0x1");
    }

    [Fact]
    public void The_report_for_JUnit_has_a_test_case_for_each_claim()
    {
        var root = XDocument.Parse(Report("junit")).Root.ShouldNotBeNull();

        root.Name.LocalName.ShouldBe("testsuites");
        root.Descendants("testcase")
            .Select(test => test.Attribute("name")!.Value).ShouldBe(Claims.Select(claim => claim.Id), ignoreOrder: true);
        root.Descendants("failure").Single().Parent!.Attribute("name")!.Value.ShouldBe("rfc/alu/div-breaks@rbpf");
        root.Descendants("error").Count().ShouldBe(2);
        root.Attribute("tests")!.Value.ShouldBe("6");
        root.Elements("testsuite").Select(suite => suite.Attribute("name")!.Value).ShouldBe(["rfc", "frame"]);
    }

    [Fact]
    public void The_report_in_SARIF_has_a_result_for_each_claim_that_is_not_proved()
    {
        using var document = JsonDocument.Parse(Report("sarif"));

        document.RootElement.GetProperty("version").GetString().ShouldBe("2.1.0");
        var run = document.RootElement.GetProperty("runs")[0];
        var rules = run.GetProperty("tool").GetProperty("driver").GetProperty("rules");
        var results = run.GetProperty("results").EnumerateArray().ToList();
        results.Select(result => result.GetProperty("ruleId").GetString()).ShouldBe(
            ["rfc/alu/div-breaks@rbpf", "frame/mem/<x>-open[a]@rbpf", "frame/mem/ldx-dies"], ignoreOrder: true);
        results.Count(result => result.GetProperty("level").GetString() == "error").ShouldBe(1);
        foreach (var result in results)
        {
            rules[result.GetProperty("ruleIndex").GetInt32()].GetProperty("id").GetString().ShouldBe(
                result.GetProperty("ruleId").GetString());
            result.GetProperty("message").GetProperty("text").GetString().ShouldNotBeNullOrEmpty();
            result.GetProperty("properties").GetProperty("replay").GetString().ShouldBe(
                $"./rbpf prove --replay '{result.GetProperty("ruleId").GetString()}'");
            rules[result.GetProperty("ruleIndex").GetInt32()].GetProperty("helpUri").GetString().ShouldStartWith("https://");
        }
    }

    [Fact]
    public void The_report_in_SARIF_leads_to_the_rule_that_a_claim_is_about()
    {
        using var document = JsonDocument.Parse(Report("sarif", Claim("rfc/jmp/jslt32-x@rbpf-breaks")));

        var place = document.RootElement.GetProperty("runs")[0].GetProperty("results")[0].GetProperty("locations")[0].GetProperty(
            "physicalLocation");
        place.GetProperty("artifactLocation").GetProperty("uri").GetString().ShouldBe("src/Semantics/Operations/JumpOperation.cs");
        place.GetProperty("region").GetProperty("startLine").GetInt32().ShouldBePositive();
    }

    [Fact]
    public void The_page_needs_nothing_from_elsewhere()
    {
        var page = Report("html");

        Elsewhere().IsMatch(page).ShouldBeFalse();
        page.ShouldStartWith("<!doctype html>");
        page.ShouldContain("prefers-color-scheme: dark");
        page.ShouldContain("name=\"viewport\"");
    }

    [Fact]
    public void Every_link_of_the_page_leads_to_a_claim_and_every_claim_is_there()
    {
        var page = Report("html");
        var anchors = Anchors().Matches(page).Select(match => match.Groups["id"].Value).ToList();

        anchors.Count.ShouldBe(Claims.Length);
        anchors.ShouldBeUnique();
        Links().Matches(page).Select(match => match.Groups["id"].Value).Distinct().ShouldBeSubsetOf(anchors);
        Links().Count(page).ShouldBeGreaterThan(Claims.Length - 1);
    }

    [Fact]
    public void The_page_shows_text_as_text()
    {
        var page = Report("html");

        page.ShouldNotContain("<stays>");
        page.ShouldNotContain("<x>");
        page.ShouldContain("zero &amp; &lt;stays&gt; so.");
    }

    [Fact]
    public void The_scripts_of_the_page_unpack_to_what_is_exported()
    {
        var packed = Packed().Match(Report("html")).Groups["text"].Value;

        using var unpacked =
            new StreamReader(new GZipStream(new MemoryStream(Convert.FromBase64String(packed)), CompressionMode.Decompress));

        unpacked.ReadToEnd().ShouldBe(ScriptFile.Of(Claims[0]).First().Text);
    }

    private string Report(string format) => Report(format, Claims);

    private string Report(string format, params IReadOnlyList<Claim> claims)
    {
        var campaign = new Campaign { Open = () => new SolverSession.Opened(FakeSolver.ByName()) };
        var (results, solver, check) = campaign.Run(claims).ShouldBeOfType<Campaigned.Finished>();
        var name = ReportFile.Write(Enum.Parse<ReportFormat>(format, ignoreCase: true), At("report"), new(results, solver, check, default)
        {
            Findings = new(new ClaimTargets()),
            Assumptions = TrustedBase.Assumptions,
        });
        name.ShouldBe(At("report"));
        return File.ReadAllText(name);
    }

    private static Claim Claim(string id) => Fakes.Claim(
        id, new Mutant("it is one", () => new([], Make.Variable($"{id}/bug", 8).EqualTo(1), _ => new Replay.Shown(["the mutant: r0=0x1"]))))
        with
    { Sentence = $"The byte of {id} is zero & <stays> so." };

    [GeneratedRegex("(src|href)=\"(?!#)|https?:|//[a-z]+\\.|@import|url\\(", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Elsewhere();

    [GeneratedRegex("<details id=\"(?<id>[^\"]*)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Anchors();

    [GeneratedRegex("href=\"#(?<id>[^\"]*)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Links();

    [GeneratedRegex("data-packed=\"(?<text>[^\"]*)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Packed();
}
