using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace RbpfSpec.HouseRules.Tests;

/// <summary>Compiles C# in memory under the house rules.</summary>
internal static class Snippet
{
    private static readonly ImmutableArray<DiagnosticAnalyzer> HouseRules =
        [new ClosedHierarchySuppressor(), new ForeignCaseAnalyzer(), new CatchAllAnalyzer()];

    private static readonly ImmutableArray<MetadataReference> Platform =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
            .Split(Path.PathSeparator)
            .Where(path => Path.GetFileName(path) is "System.Runtime.dll" or "System.Private.CoreLib.dll")
            .Select(path => MetadataReference.CreateFromFile(path)),
    ];

    /// <summary>The ids of the house rules that a text breaks, in order of position.</summary>
    public static async Task<ImmutableArray<string>> Broken(string text, params MetadataReference[] libraries) =>
        [
            .. (await Diagnose(text, libraries).ConfigureAwait(false))
                .Select(diagnostic => diagnostic.Id)
                .Where(id => id.StartsWith("RBPF", StringComparison.Ordinal)),
        ];

    /// <summary>Whether the house accepts the only switch that the compiler holds incomplete.</summary>
    public static async Task<bool> IsAcceptedAsComplete(string text, params MetadataReference[] libraries) =>
        (await Diagnose(text, libraries).ConfigureAwait(false))
            .Single(diagnostic => diagnostic.Id is "CS8509" or "CS8846")
            .IsSuppressed;

    /// <summary>A text compiled to a library that other texts can refer to.</summary>
    public static MetadataReference Library(string text)
    {
        using var image = new MemoryStream();
        Compile("Library", text, []).Emit(image).Diagnostics.ShouldBeEmpty();
        return MetadataReference.CreateFromImage(image.ToArray());
    }

    private static async Task<ImmutableArray<Diagnostic>> Diagnose(string text, MetadataReference[] libraries)
    {
        var compilation = Compile("Snippet", text, libraries);
        compilation.GetDiagnostics()
            .Where(diagnostic => diagnostic.Severity is DiagnosticSeverity.Error)
            .ShouldBeEmpty("the snippet itself does not compile");

        var options = new CompilationWithAnalyzersOptions(
            new AnalyzerOptions([]),
            onAnalyzerException: null,
            concurrentAnalysis: false,
            logAnalyzerExecutionTime: false,
            reportSuppressedDiagnostics: true);
        var diagnostics = await compilation
            .WithAnalyzers(HouseRules, options)
            .GetAllDiagnosticsAsync()
            .ConfigureAwait(false);
        diagnostics.ShouldNotContain(diagnostic => diagnostic.Id == "AD0001", "a rule threw");
        return [.. diagnostics.OrderBy(diagnostic => diagnostic.Location.SourceSpan.Start)];
    }

    private static CSharpCompilation Compile(string name, string text, MetadataReference[] libraries) =>
        CSharpCompilation.Create(
            name,
            [CSharpSyntaxTree.ParseText(text)],
            [.. Platform, .. libraries],
            new CSharpCompilationOptions(
                OutputKind.DynamicallyLinkedLibrary,
                nullableContextOptions: NullableContextOptions.Enable));
}
