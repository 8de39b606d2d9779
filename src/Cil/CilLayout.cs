using Mono.Cecil;

namespace RbpfSpec.Cil;

/// <summary>Sizes of types and places of fields, in a 64-bit process.</summary>
public static class CilLayout
{
    /// <summary>The size in bytes of a number, an enumeration, a pointer, or a struct whose fields lie in sequence.</summary>
    /// <exception cref="NotSupportedException">It is another sort of type.</exception>
    public static int SizeOf(TypeReference type) => type switch
    {
        PointerType or FunctionPointerType => 8,
        _ => type.FullName switch
        {
            "System.Byte" or "System.SByte" or "System.Boolean" => 1,
            "System.Int16" or "System.UInt16" => 2,
            "System.Int32" or "System.UInt32" => 4,
            "System.Int64" or "System.UInt64" or "System.IntPtr" or "System.UIntPtr" => 8,
            _ => SizeOf(type.Resolve()),
        },
    };

    /// <summary>The kind of value that is read where a value of a type lies.</summary>
    public static CilKind KindOf(TypeReference type) => type switch
    {
        PointerType => CilKind.Pointer,
        FunctionPointerType => CilKind.Function,
        _ => CilKind.Number,
    };

    /// <summary>The distance in bytes of a field from the start of its struct.</summary>
    /// <exception cref="NotSupportedException">The struct's fields do not lie in sequence.</exception>
    public static int OffsetOf(FieldDefinition field)
    {
        var offset = 0;
        foreach (var other in InstanceFields(field.DeclaringType))
        {
            offset = Aligned(offset, AlignmentOf(other.FieldType));
            if (other == field) return offset;
            offset += SizeOf(other.FieldType);
        }

        throw new NotSupportedException($"{field} is no field of an instance");
    }

    private static int SizeOf(TypeDefinition type) => type.IsEnum ? SizeOf(Underlying(type))
        : type.ClassSize > 0 ? type.ClassSize
        : InstanceFields(type).ToList() is { Count: > 0 } fields
            ? Aligned(OffsetOf(fields[^1]) + SizeOf(fields[^1].FieldType), AlignmentOf(type))
        : throw new NotSupportedException($"the size of {type} is not known");

    private static int AlignmentOf(TypeReference type) => type switch
    {
        PointerType or FunctionPointerType => 8,
        _ => type.Resolve() switch
        {
            { IsEnum: true } or { IsPrimitive: true } => SizeOf(type),
            var definition => InstanceFields(definition).Max(field => AlignmentOf(field.FieldType)),
        },
    };

    private static IEnumerable<FieldDefinition> InstanceFields(TypeDefinition type) => type.IsSequentialLayout
        ? type.Fields.Where(field => !field.IsStatic)
        : throw new NotSupportedException($"the fields of {type} do not lie in sequence");

    private static TypeReference Underlying(TypeDefinition type) => type.Fields.Single(field => !field.IsStatic).FieldType;

    private static int Aligned(int offset, int alignment) => (offset + alignment - 1) / alignment * alignment;
}
