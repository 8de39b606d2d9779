using RbpfSpec.Host;
using RbpfSpec.Host.Helpers;
using RbpfSpec.Images;
using RbpfSpec.Ranges.Analysis;
using RbpfSpec.Ranges.Findings;
using RbpfSpec.Semantics.Profiles;
using RbpfSpec.Semantics.Running;
using RbpfSpec.Semantics.Validity;

namespace RbpfSpec.Ranges.Tests.Findings;

/// <summary>Objects of the repository, read and analysed.</summary>
internal sealed record Analysed(CheckedProgram Program, Image Image, RangeReport Report)
{
    /// <summary>The object of a path below the root of the repository.</summary>
    public static Analysed Of(string path, ContextLengths context, string? function = null)
    {
        var bytes = File.ReadAllBytes(Path.Combine(Repository.Root, path));
        var options = new ImageOptions { Helpers = HelperCatalogue.Declarations, Function = function };
        var image = ((ImageResult.Loaded)ImageFile.Read(bytes, options)).Image;
        var rules = Admission.Of(Profile.Rbpf, HelperCatalogue.Declarations.Map(static helper => helper.Id));
        var program = image.Check(rules, out _).ShouldNotBeNull();
        return new(
            program, image, RangeReport.Of(program, image.Start(Profile.Rbpf).Regions, HelperCatalogue.Declarations, context));
    }

    /// <summary>A run with a context, and with the helpers that are there on any host.</summary>
    public Start Start(byte[] context) => Image.Start(Profile.Rbpf) with
    {
        Context = Sequence.Of<byte>(context),
        Host = DefaultHost.Granting(DefaultHost.Ids),
    };

    /// <summary>The same as a certificate is checked against.</summary>
    public Sequence<AnalysedProgram> Cases => AnalysedProgram.Cases(
        new ReferenceMachine(Program), Program.Entry, Image.Start(Profile.Rbpf).Regions, HelperCatalogue.Declarations, Report.Context);
}
