using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace RbpfSpec.HouseRules;

/// <summary>RBPF001: a type derives from a closed hierarchy but is not nested in it.</summary>
/// <remarks>A complete switch would meet a case that it does not know.</remarks>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ForeignCaseAnalyzer : DiagnosticAnalyzer
{
    /// <summary>The id under which foreign cases are reported.</summary>
    public const string Id = "RBPF001";

    private static readonly DiagnosticDescriptor Rule = new(
        Id,
        "A case of a closed hierarchy is nested in it",
        "'{0}' derives from the closed '{1}' and is not nested in it",
        "House",
        DiagnosticSeverity.Error,
        isEnabledByDefault: true);

    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(Rule);

    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(
            GeneratedCodeAnalysisFlags.Analyze | GeneratedCodeAnalysisFlags.ReportDiagnostics);
        context.RegisterSymbolAction(Check, SymbolKind.NamedType);
    }

    private static void Check(SymbolAnalysisContext context)
    {
        var type = (INamedTypeSymbol)context.Symbol;
        if (type.BaseType is { IsAbstract: true } parent
            && !ClosedHierarchy.IsNestedIn(type, parent)
            && ClosedHierarchy.IsClosed(parent))
        {
            context.ReportDiagnostic(Diagnostic.Create(Rule, type.Locations[0], type.Name, parent.Name));
        }
    }
}
