using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace RbpfSpec.HouseRules;

/// <summary>Which values a pattern is certain to match. Every doubt is answered with no.</summary>
internal static class Coverage
{
    /// <summary>Whether the unguarded arms of a switch match every value of a closed type.</summary>
    public static bool IsComplete(ISwitchExpressionOperation match, INamedTypeSymbol type) =>
        ClosedHierarchy.Cases(type).All(@case => Handles(match, @case));

    /// <summary>Whether an unguarded arm of a switch matches null.</summary>
    public static bool HandlesNull(ISwitchExpressionOperation match) =>
        match.Arms.Any(arm => arm.Guard is null && MatchesNull(arm.Pattern));

    /// <summary>Whether a pattern matches every value of a type but, perhaps, null.</summary>
    public static bool MatchesAll(IPatternOperation pattern, ITypeSymbol type) => pattern switch
    {
        IDiscardPatternOperation => true,
        IDeclarationPatternOperation declaration => declaration.MatchesNull || Is(type, declaration.MatchedType),
        ITypePatternOperation test => Is(type, test.MatchedType),
        IRecursivePatternOperation parts =>
            Is(type, parts.MatchedType)
            && parts.DeconstructionSubpatterns.All(IsIrrefutable)
            && parts.PropertySubpatterns.All(part => IsIrrefutable(part.Pattern)),
        INegatedPatternOperation { Pattern: IConstantPatternOperation constant } => IsNull(constant),
        IBinaryPatternOperation { OperatorKind: BinaryOperatorKind.Or } either =>
            MatchesAll(either.LeftPattern, type) || MatchesAll(either.RightPattern, type),
        IBinaryPatternOperation { OperatorKind: BinaryOperatorKind.And } both =>
            MatchesAll(both.LeftPattern, type) && MatchesAll(both.RightPattern, type),
        _ => false,
    };

    /// <summary>Whether a pattern matches null.</summary>
    public static bool MatchesNull(IPatternOperation pattern) => pattern switch
    {
        IDiscardPatternOperation => true,
        IDeclarationPatternOperation declaration => declaration.MatchesNull,
        IConstantPatternOperation constant => IsNull(constant),
        IBinaryPatternOperation { OperatorKind: BinaryOperatorKind.Or } either =>
            MatchesNull(either.LeftPattern) || MatchesNull(either.RightPattern),
        _ => false,
    };

    private static bool Handles(ISwitchExpressionOperation match, INamedTypeSymbol @case) =>
        match.Arms.Any(arm => arm.Guard is null && MatchesAll(arm.Pattern, @case))
        || (ClosedHierarchy.IsClosed(@case) && IsComplete(match, @case));

    private static bool IsIrrefutable(IPatternOperation pattern) =>
        MatchesAll(pattern, pattern.InputType) && (IsNeverNull(pattern.InputType) || MatchesNull(pattern));

    // An annotation that says a reference is not null is a promise, not a proof, so only values count.
    private static bool IsNeverNull(ITypeSymbol type) =>
        type is { IsValueType: true, OriginalDefinition.SpecialType: not SpecialType.System_Nullable_T };

    private static bool Is(ITypeSymbol? type, ITypeSymbol? matched)
    {
        for (; type is not null; type = type.BaseType)
        {
            if (ClosedHierarchy.Same(type, matched)) return true;
        }

        return false;
    }

    private static bool IsNull(IConstantPatternOperation constant) =>
        constant.Value.ConstantValue is { HasValue: true, Value: null };
}
