using System.Collections;
using System.Collections.Immutable;
using System.Reflection;
using System.Text;

namespace RbpfSpec.House.Tests;

/// <summary>Records compare by value, and so must all that they hold.</summary>
public sealed class RecordTests
{
    private const BindingFlags Declared = BindingFlags.Instance | BindingFlags.Public | BindingFlags.DeclaredOnly;

    [Fact]
    public void Records_of_Semantics_hold_no_list_that_compares_by_reference() =>
        typeof(Sequence).Assembly.GetExportedTypes()
            .Where(IsRecord)
            .SelectMany(type => type.GetProperties(Declared))
            .Where(property => ComparesByReference(property.PropertyType))
            .Select(property => $"{property.DeclaringType}.{property.Name}")
            .ShouldBeEmpty();

    [Theory]
    [InlineData(typeof(byte[]), true)]
    [InlineData(typeof(ImmutableArray<byte>), true)]
    [InlineData(typeof(ImmutableArray<byte>?), true)]
    [InlineData(typeof(List<byte>), true)]
    [InlineData(typeof(IReadOnlyList<byte>), true)]
    [InlineData(typeof(ReadOnlyMemory<byte>), true)]
    [InlineData(typeof(Sequence<byte>), false)]
    [InlineData(typeof(string), false)]
    [InlineData(typeof(int), false)]
    public void Lists_that_compare_by_reference_are_known(Type type, bool byReference) =>
        ComparesByReference(type).ShouldBe(byReference);

    private static bool IsRecord(Type type)
    {
        // Classes have the one, structs the other.
        const BindingFlags Own = BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;
        return type.GetMethod("<Clone>$") is not null
            || type.GetMethod("PrintMembers", Own, [typeof(StringBuilder)]) is not null;
    }

    private static bool ComparesByReference(Type type)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        var definition = type.IsGenericType ? type.GetGenericTypeDefinition() : type;
        return definition == typeof(ImmutableArray<>)
            || definition == typeof(Memory<>)
            || definition == typeof(ReadOnlyMemory<>)
            || (type.IsAssignableTo(typeof(IEnumerable)) && !DefinesEquality(type));
    }

    private static bool DefinesEquality(Type type) =>
        type.GetMethod(nameof(Equals), [typeof(object)])?.DeclaringType is { } owner
        && owner != typeof(object)
        && owner != typeof(ValueType)
        && owner != typeof(Array);
}
