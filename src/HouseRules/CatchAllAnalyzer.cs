using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace RbpfSpec.HouseRules;

/// <summary>RBPF002: an arm of a switch expression over a closed hierarchy takes whatever case is left.</summary>
/// <remarks>
/// <para>Such an arm (<c>_</c>, <c>var x</c>, <c>{ }</c>, the base type itself) swallows cases added later.</para>
/// <para>Allowed where every other arm is <c>null</c>: that asks whether there is a value, not which one.</para>
/// </remarks>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class CatchAllAnalyzer : DiagnosticAnalyzer
{
    /// <summary>The id under which catch-all arms are reported.</summary>
    public const string Id = "RBPF002";

    private static readonly DiagnosticDescriptor Rule = new(
        Id,
        "A switch over a closed hierarchy names its cases",
        "This arm takes every case of the closed '{0}' that is left; name them, so that a new case breaks the build",
        "House",
        DiagnosticSeverity.Error,
        isEnabledByDefault: true);

    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(Rule);

    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(
            GeneratedCodeAnalysisFlags.Analyze | GeneratedCodeAnalysisFlags.ReportDiagnostics);
        context.RegisterOperationAction(Check, OperationKind.SwitchExpression);
    }

    private static void Check(OperationAnalysisContext context)
    {
        var match = (ISwitchExpressionOperation)context.Operation;
        if (match.Value.Type is not INamedTypeSymbol type || !ClosedHierarchy.IsClosed(type)) return;

        foreach (var arm in match.Arms)
        {
            if (arm.Guard is null && Coverage.MatchesAll(arm.Pattern, type) && !OthersAreNull(match, arm))
            {
                context.ReportDiagnostic(Diagnostic.Create(Rule, arm.Pattern.Syntax.GetLocation(), type.Name));
            }
        }
    }

    private static bool OthersAreNull(ISwitchExpressionOperation match, ISwitchExpressionArmOperation arm) =>
        match.Arms.Length > 1
        && match.Arms.All(other => other == arm || other.Pattern is IConstantPatternOperation);
}
