using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace RbpfSpec.HouseRules;

/// <summary>RBPFS001: silences CS8509 and CS8846 where a switch handles every case of a closed hierarchy.</summary>
/// <remarks>
/// The compiler holds every such switch incomplete. With CS8509 an error, a case that is missing or handled only
/// conditionally breaks the build, as it does in languages that have closed unions.
/// </remarks>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ClosedHierarchySuppressor : DiagnosticSuppressor
{
    /// <summary>The id under which suppressions are reported.</summary>
    public const string Id = "RBPFS001";

    private const string Justification = "The switch handles every case of a closed hierarchy.";

    private static readonly SuppressionDescriptor Incomplete = new(Id, "CS8509", Justification);

    // What CS8509 is called where an arm with a guard might match.
    private static readonly SuppressionDescriptor IncompleteButForGuards = new(Id, "CS8846", Justification);

    public override ImmutableArray<SuppressionDescriptor> SupportedSuppressions { get; } =
        ImmutableArray.Create(Incomplete, IncompleteButForGuards);

    public override void ReportSuppressions(SuppressionAnalysisContext context)
    {
        foreach (var diagnostic in context.ReportedDiagnostics)
        {
            if (!IsComplete(context, diagnostic)) continue;

            var rule = diagnostic.Id == Incomplete.SuppressedDiagnosticId ? Incomplete : IncompleteButForGuards;
            context.ReportSuppression(Suppression.Create(rule, diagnostic));
        }
    }

    private static bool IsComplete(SuppressionAnalysisContext context, Diagnostic diagnostic)
    {
        if (diagnostic.Location.SourceTree is not { } tree) return false;

        var syntax = tree.GetRoot(context.CancellationToken)
            .FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true)
            .FirstAncestorOrSelf<SwitchExpressionSyntax>();
        if (syntax is null) return false;

        // Once it reports these the compiler no longer asks about null, so that is asked here.
        var model = context.GetSemanticModel(tree);
        return model.GetOperation(syntax, context.CancellationToken) is ISwitchExpressionOperation match
            && model.GetTypeInfo(syntax.GoverningExpression, context.CancellationToken) is var input
            && input.Type is INamedTypeSymbol type
            && ClosedHierarchy.IsClosed(type)
            && Coverage.IsComplete(match, type)
            && (input.Nullability.FlowState is not NullableFlowState.MaybeNull || Coverage.HandlesNull(match));
    }
}
