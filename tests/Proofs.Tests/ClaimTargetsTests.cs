using RbpfSpec.Proving.Claims;
using RbpfSpec.Proving.Reports;

namespace RbpfSpec.Proofs.Tests;

public class ClaimTargetsTests
{
    private static readonly Findings Findings = new(new ClaimTargets());

    private static readonly IReadOnlyList<Claim> All = [.. Catalogue.All];

    [Fact]
    public void Every_claim_leads_to_a_line_of_a_file_of_the_project_that_holds_what_it_is_about()
    {
        foreach (var target in All.Select(new ClaimTargets().Of).DistinctBy(target => target.Code))
        {
            var place = SourcePlaces.Of(target.Code).ShouldNotBeNull($"{target.Name} has no place");

            place.File.ShouldStartWith(target.Code.Module == typeof(Catalogue).Module ? "proofs/" : "src/");
            var lines = File.ReadAllLines(Path.Combine(Repository.Root, place.File));
            place.Line.ShouldBeInRange(1, lines.Length);

            // Of a type the declaration that stands last before the line, or on it; of the method of a claim, the claim.
            if (target.Code is System.Reflection.MethodInfo method)
            {
                if (!method.Name.StartsWith('<')) lines[..place.Line].ShouldContain(line => line.Contains($" {method.Name}"));
                continue;
            }

            var declared = lines.Take(place.Line).Select(line => line.Split(["record ", "struct ", "class "],
                StringSplitOptions.None)).Last(parts => parts.Length > 1 && !parts[0].TrimStart().StartsWith('/'));
            declared[^1].ShouldStartWith(target.Code.Name.Split('`')[0]);
        }
    }

    [Fact]
    public void What_one_mistake_refutes_is_one_group_and_the_rule_is_looked_at_first()
    {
        var group = Findings.Grouped(
        [
            Refuted("preflight/step/jmp/jslt32-x@rbpf"), Refuted("refinement/threaded/jmp/jslt32-x@rbpf"),
                Refuted("frame/jmp/jslt64-k@rbpf"),
            Refuted("rfc/jmp/jslt64-k@rbpf"), Refuted("rfc/jmp/jslt32-x@rfc9669"),
        ]).ShouldHaveSingleItem();

        group[0].Result.Claim.Id.ShouldBe("rfc/jmp/jslt32-x@rfc9669");
        group.Count.ShouldBe(5);
        group[0].Place.ShouldNotBeNull().File.ShouldBe("src/Semantics/Operations/JumpOperation.cs");
        var lines = Findings.Refuted([.. group.Select(finding => finding.Result)]).ToList();
        lines[0].ShouldBe("5 claims, probably one cause: first look at rfc/jmp/jslt32-x@rfc9669");
        lines.Count(line => line.Contains("instruction: exit")).ShouldBe(1);
        foreach (var finding in group) lines.ShouldContain(line => line.EndsWith(finding.Result.Claim.Id, StringComparison.Ordinal));
    }

    [Fact]
    public void A_handler_or_a_check_that_is_wrong_alone_is_the_place_to_look_at()
    {
        var groups = Findings.Grouped(
        [
            Refuted("refinement/threaded/jmp/jset64-x@rbpf"), Refuted("refinement/switch/jmp/jset64-k@rbpf"),
                Refuted("preflight/step/jmp/ja@rbpf"), Refuted("preflight/step/jmp/jeq32-x@rbpf"),
        ]);

        groups.Select(group => (group.Count, group[0].Place!.File)).ShouldBe(
            [(2, "src/Interp/Execution/Conditions.cs"), (2, "src/Semantics/Validity/FlowChecks.cs")], ignoreOrder: true);
    }

    private static Result Refuted(string id) => new(
        All.Single(claim => claim.Id == id), new Verdict.Refuted(["instruction: exit"]), [], "", TimeSpan.Zero, WasKnown: false);
}
