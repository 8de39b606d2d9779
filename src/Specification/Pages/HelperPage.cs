using System.Text;
using RbpfSpec.Host;
using RbpfSpec.Host.Helpers;
using RbpfSpec.Semantics.Helpers;

namespace RbpfSpec.Specification.Pages;

/// <summary>The page of the helpers that a device has, made from their declarations.</summary>
public static class HelperPage
{
    /// <summary>Its file under <c>spec/</c>.</summary>
    public const string Path = "82-helpers.md";

    private const string Title = "Helpers of a device";

    /// <summary>The page.</summary>
    public static Page Create()
    {
        var text = new StringBuilder();
        text.Append(CommonText.Generated).Append($"# {Title}\n\n");
        text.Append("Every helper that a container can be granted, with its declared signature. ");
        text.Append("Ids and names are those of the published systems; ");
        text.Append("where the meaning differs from theirs, a [deviation](81-deviations.md#deviations-of-the-host) has the reason. ");
        text.Append("An argument is a number, or the address of bytes that the helper reads, or of bytes that it reads and writes. ");
        text.Append("[Bindings](87-bindings.md) has the requirements.\n\n");
        text.Append("| id | name | arguments |\n|---|---|---|\n");
        foreach (var helper in HelperCatalogue.Declarations)
            text.Append($"| 0x{helper.Id:x2} | [`{helper.Name}`](#{OperationSection.Anchor(helper.Name)}) | {Signature(helper)} |\n");
        text.Append('\n');
        foreach (var helper in HelperCatalogue.Declarations)
            text.Append($"## {helper.Name}\n\n`0x{helper.Id:x2}` ({Signature(helper)}): {helper.Summary}\n\n");
        return new(Path, Title, text.ToString().TrimEnd('\n') + "\n", IsGenerated: true);
    }

    /// <summary>The page and the anchor that say what a helper does, under <c>spec/</c>.</summary>
    public static string AddressOf(Helper helper) => DefaultHost.Ids.Contains(helper.Id)
        ? "70-calls.md#the-helpers-that-vectors-use"
        : $"{Path}#{OperationSection.Anchor(helper.Name)}";

    private static string Signature(Helper helper) => helper.Arguments.IsEmpty
        ? "none"
        : string.Join(", ", helper.Arguments.Select((kind, index) => $"r{index + 1} {Said(kind)}"));

    private static string Said(ArgumentKind kind) => kind switch
    {
        ArgumentKind.Value => "number",
        ArgumentKind.Readable(var count) => $"read {Said(count)}",
        ArgumentKind.Writable(var count) => $"read and written {Said(count)}",
    };

    private static string Said(ByteCount count) => count switch
    {
        ByteCount.Fixed(var bytes) => $"{bytes} bytes",
        ByteCount.InArgument(var number) => $"r{number} bytes",
        ByteCount.RestOfRegion => "to the end of the region",
    };
}
