using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace RbpfSpec.HouseRules;

/// <summary>Closed hierarchies: an abstract class or record whose cases are all nested in it.</summary>
/// <remarks>
/// C# has no such types. A private constructor comes close, but the copy constructor of a record is protected and
/// has to be, so that a record elsewhere could still derive; <see cref="ForeignCaseAnalyzer"/> forbids it.
/// </remarks>
internal static class ClosedHierarchy
{
    /// <summary>Whether every case of a type is known to be nested in it, and there is one.</summary>
    public static bool IsClosed(INamedTypeSymbol type) =>
        type is { TypeKind: TypeKind.Class, IsAbstract: true, IsStatic: false }
        && type.InstanceConstructors.All(constructor => IsPrivate(constructor) || IsCopy(constructor))
        && Cases(type).Any()
        && (IsFromSource(type) || !HasForeignCase(type));

    /// <summary>The types that derive from a type and are nested in it, at any depth.</summary>
    /// <remarks>Those of a constructed generic type are constructed with the same arguments.</remarks>
    public static IEnumerable<INamedTypeSymbol> Cases(INamedTypeSymbol type) =>
        Nested(type).Where(candidate => DerivesDirectly(candidate, type));

    /// <summary>Whether a type is nested in another, at any depth.</summary>
    public static bool IsNestedIn(INamedTypeSymbol type, INamedTypeSymbol outer)
    {
        for (var container = type.ContainingType; container is not null; container = container.ContainingType)
        {
            if (Same(container.OriginalDefinition, outer.OriginalDefinition)) return true;
        }

        return false;
    }

    /// <summary>Whether two types are the same but for nullable annotations.</summary>
    public static bool Same(ITypeSymbol? left, ITypeSymbol? right) =>
        SymbolEqualityComparer.Default.Equals(left, right);

    private static bool IsPrivate(IMethodSymbol constructor) =>
        constructor.DeclaredAccessibility is Accessibility.Private;

    private static bool IsCopy(IMethodSymbol constructor) =>
        constructor is { ContainingType.IsRecord: true, Parameters: { Length: 1 } parameters }
        && Same(parameters[0].Type, constructor.ContainingType);

    private static bool IsFromSource(INamedTypeSymbol type) => !type.DeclaringSyntaxReferences.IsEmpty;

    // Metadata hides private constructors and internal ones alike, and an internal one closes nothing.
    private static bool HasForeignCase(INamedTypeSymbol type) =>
        All(type.ContainingAssembly.GlobalNamespace)
            .Any(candidate => DerivesDirectly(candidate, type) && !IsNestedIn(candidate, type));

    private static bool DerivesDirectly(INamedTypeSymbol candidate, INamedTypeSymbol type) =>
        Same(candidate.BaseType?.OriginalDefinition, type.OriginalDefinition);

    private static IEnumerable<INamedTypeSymbol> All(INamespaceSymbol space) =>
        space.GetTypeMembers().SelectMany(type => Nested(type).Prepend(type))
            .Concat(space.GetNamespaceMembers().SelectMany(All));

    private static IEnumerable<INamedTypeSymbol> Nested(INamedTypeSymbol type) =>
        type.GetTypeMembers().SelectMany(member => Nested(member).Prepend(member));
}
