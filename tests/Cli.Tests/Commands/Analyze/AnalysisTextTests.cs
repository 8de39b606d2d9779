using RbpfSpec.Cli.Commands.Analyze;
using RbpfSpec.Cli.Outputs;
using RbpfSpec.Images;
using RbpfSpec.Ranges.Analysis;
using RbpfSpec.Ranges.Findings;
using RbpfSpec.Semantics.Profiles;
using RbpfSpec.Semantics.Validity;

namespace RbpfSpec.Cli.Tests.Commands.Analyze;

public class AnalysisTextTests
{
    // Frames of more than 64 KiB are not followed: then no context is, and no slot is said not to be reached.
    [Fact]
    public void Of_a_program_that_cannot_be_followed_nothing_is_claimed()
    {
        var profile = Profile.Rbpf with { FrameBytes = 70_000 };
        var bytes = File.ReadAllBytes(Path.Combine(Repository.Root, "examples/increment.o"));
        var image = ((ImageResult.Loaded)ImageFile.Read(bytes, new ImageOptions())).Image;
        var program = image.Check(Admission.Of(profile, []), out _).ShouldNotBeNull();
        var lengths = new ContextLengths(8, 64);
        var report = RangeReport.Of(program, [], [], lengths);
        report.IsProved.ShouldBeFalse();
        report.Sites.Single().Kind.ShouldBe(LackKind.NotAnalysed);
        var text = new AnalysisText(image, program, report, new([], ""), lengths, profile);
        const string reason = "context of 8..64 bytes: frames of 70000 bytes are too large to be followed";

        Printed(() => text.Print(Report.Terminal)).ShouldBe(
            $"""
            {reason}
            not proved: MemoryAccess at slot 0: ldxdw %r0, [%r1]
              not analysed: nothing is known: {reason}
            branches: not bounded
            0 of 1 possible traps proved never to be raised, contexts of 8..64 bytes
            """.TrimEnd() + " but those above, of which nothing is known, profile rbpf\n");
        Printed(() => text.Explain(Report.Terminal, 1)).ShouldEndWith("\nnothing is known\n");
        var ranges = Printed(() => text.PrintRanges(Report.Terminal));
        ranges.ShouldContain("        nothing is known\n");
        ranges.ShouldNotContain("no run comes here");
        JsonText.Object(Written(text)).GetProperty("sites")[0].Text("verdict").ShouldBe("not proved");
    }

    private static string Written(AnalysisText text) => Reports.JsonText.Object(text.Write);

    private static string Printed(Action print) => Rbpf.Captured(() =>
    {
        print();
        return CommandLine.Holds;
    }).Holds();
}
