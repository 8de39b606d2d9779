using System.Reflection.PortableExecutable;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace RbpfSpec.House.Tests;

/// <summary>Everything that others may use says what it is.</summary>
public sealed class DocumentationTests
{
    private static readonly Regex What = Repository.Pattern(@"<summary>\s*(///\s*)?What\b");

    // Nothing refers to the command line and to the rules of the house, so they have no readers to write for.
    public static TheoryData<string> Libraries =>
    [
        .. Repository.Projects("src")
            .Select(Path.GetFileNameWithoutExtension)
            .Where(project => project is not ("Cli" or "HouseRules"))
            .Select(project => $"RbpfSpec.{project}"),
    ];

    [Theory]
    [MemberData(nameof(Libraries))]
    public void Public_types_and_members_have_a_summary(string assembly)
    {
        var documented = Documented(Path.Combine(AppContext.BaseDirectory, assembly + ".xml"));

        PublicTypes(Load(assembly).GlobalNamespace)
            .SelectMany(type => type.GetMembers().Where(NeedsSummary).Prepend(type))
            .Select(symbol => symbol.GetDocumentationCommentId()!)
            .Where(id => !documented.Contains(id))
            .ShouldBeEmpty();
    }

    [Fact]
    public void The_check_sees_the_members_of_a_type() =>
        PublicTypes(Load("RbpfSpec.Words").GlobalNamespace)
            .Single(type => type.Name == "Sequence" && type.IsGenericType)
            .GetMembers()
            .Where(NeedsSummary)
            .Select(member => member.Name)
            .ShouldBe(
                [
                    "IsEmpty", "AsSpan", "IsSame", "Contains", "Intersect", "Add", "With", "Map", "WithoutLast", "GetEnumerator",
                    "op_Equality", "op_Inequality",
                ],
                ignoreOrder: true);

    // "What it does" leaves a reader to find out which thing is meant; "the result of …" says it.
    [Fact]
    public void No_summary_begins_with_what() =>
        Repository.Sources()
            .Where(file => Path.GetFileName(file) != "DocumentationTests.cs")
            .Where(file => What.IsMatch(File.ReadAllText(file)))
            .Select(Repository.Relative)
            .ShouldBeEmpty();

    [Theory]
    [InlineData("/// <summary>What it is.</summary>", true)]
    [InlineData("/// <summary>\n    /// What it is,\n    /// and why.\n    /// </summary>", true)]
    [InlineData("/// <summary>The result.</summary>\n/// <remarks>What it is.</remarks>", false)]
    [InlineData("/// <summary>Whatever it is.</summary>", false)]
    public void A_summary_that_begins_with_what_is_seen(string text, bool isSeen) => What.IsMatch(text).ShouldBe(isSeen);

    private static IAssemblySymbol Load(string assembly)
    {
        var path = Path.Combine(AppContext.BaseDirectory, assembly + ".dll");
        var reference = MetadataReference.CreateFromFile(path);

        // Interfaces are found where they are declared: in other projects, or in the base library.
        var others = Directory.EnumerateFiles(AppContext.BaseDirectory, "RbpfSpec.*.dll")
            .Where(other => other != path)
            .Concat(Directory.EnumerateFiles(Path.GetDirectoryName(typeof(object).Assembly.Location)!, "System.*.dll"))
            .Append(typeof(object).Assembly.Location)
            .Where(IsManaged)
            .Select(other => MetadataReference.CreateFromFile(other));
        var compilation = CSharpCompilation.Create("Reader", references: [reference, .. others]);
        return (IAssemblySymbol)compilation.GetAssemblyOrModuleSymbol(reference)!;
    }

    private static bool IsManaged(string path)
    {
        using var reader = new PEReader(File.OpenRead(path));
        return reader.HasMetadata;
    }

    private static HashSet<string> Documented(string path) =>
    [
        .. XDocument.Load(path)
            .Descendants("member")
            .Where(member =>
                member.Element("inheritdoc") is not null
                || member.Element("summary")?.Value.Trim() is { Length: > 0 })
            .Select(member => member.Attribute("name")!.Value),
    ];

    private static IEnumerable<INamedTypeSymbol> PublicTypes(INamespaceOrTypeSymbol container) =>
        container.GetMembers().OfType<INamespaceOrTypeSymbol>().SelectMany(member => member switch
        {
            // What holds the members of an extension has no name that anyone can write.
            INamedTypeSymbol { CanBeReferencedByName: false } => [],
            INamedTypeSymbol { DeclaredAccessibility: Accessibility.Public } type => PublicTypes(type).Prepend(type),
            // What Orleans generates, nobody calls by name.
            INamespaceSymbol { Name: "OrleansCodeGen" } => [],
            INamespaceSymbol space => PublicTypes(space),
            _ => [],
        });

    // The members of a delegate are the compiler's; its type says what they do.
    private static bool NeedsSummary(ISymbol member) =>
        member is { DeclaredAccessibility: Accessibility.Public, IsOverride: false }
        && member is not ITypeSymbol
        && !Implements(member)
        && member.ContainingType.BaseType?.Name != nameof(MulticastDelegate)
        && member.GetAttributes().All(mark => mark.AttributeClass?.Name != nameof(CompilerGeneratedAttribute))
        && member switch
        {
            IMethodSymbol { AssociatedSymbol: not null } => false,
            IMethodSymbol { MethodKind: MethodKind.Constructor } constructor =>
                !constructor.Parameters.IsEmpty && !IsPrimary(constructor),
            IFieldSymbol { Name: "value__" } => false,
            IPropertySymbol property => !IsPosition(property),
            _ => true,
        };

    // What an interface asks for is described where it is asked.
    private static bool Implements(ISymbol member) =>
        member.ContainingType.AllInterfaces
            .SelectMany(contract => contract.GetMembers())
            .Any(asked => SymbolEqualityComparer.Default.Equals(member.ContainingType.FindImplementationForInterfaceMember(asked), member));

    // The positions of a record are described where the record is.
    private static bool IsPosition(IPropertySymbol property) =>
        property.ContainingType.InstanceConstructors.Any(constructor =>
            IsPrimary(constructor) && constructor.Parameters.Any(parameter => parameter.Name == property.Name));

    private static bool IsPrimary(IMethodSymbol constructor) =>
        constructor.ContainingType.GetMembers("Deconstruct")
            .OfType<IMethodSymbol>()
            .Any(deconstruct => deconstruct.Parameters.Select(parameter => parameter.Name)
                .SequenceEqual(constructor.Parameters.Select(parameter => parameter.Name)));
}
