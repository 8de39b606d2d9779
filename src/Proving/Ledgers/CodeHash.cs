using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;
using System.Security.Cryptography;

namespace RbpfSpec.Proving.Ledgers;

/// <summary>A hash of what an assembly says: its metadata, the code of its methods, its data and its resources.</summary>
/// <remarks>
/// Where these stand in the file, machine code compiled ahead of time, the module's id and what leads to the source text are
/// left out, and so is what the compiler puts of a source file's path into the names of types that only that file sees: so the
/// same sources have the same hash in every folder, and comments do not count.
/// </remarks>
public static class CodeHash
{
    // The first column of the tables of methods and of initial data: where the code or the data stands in the file.
    private const int AddressBytes = sizeof(uint);

    private const int PathDigits = 2 * SHA256.HashSizeInBytes;

    private static readonly System.Buffers.SearchValues<byte> Hexadecimal = System.Buffers.SearchValues.Create("0123456789ABCDEF"u8);

    /// <summary>Adds an assembly to a hash.</summary>
    /// <param name="hash">The hash.</param>
    /// <param name="assembly">The assembly's file.</param>
    public static void Append(IncrementalHash hash, Stream assembly)
    {
        using var file = new PEReader(assembly, PEStreamOptions.PrefetchEntireImage);
        var reader = file.GetMetadataReader();
        hash.AppendData(Metadata(file, reader));
        foreach (var handle in reader.MethodDefinitions)
        {
            var address = reader.GetMethodDefinition(handle).RelativeVirtualAddress;
            if (address != 0) hash.AppendData(file.GetSectionData(address).GetContent(0, file.GetMethodBody(address).Size).AsSpan());
        }

        foreach (var handle in reader.FieldDefinitions)
        {
            var field = reader.GetFieldDefinition(handle);
            var address = field.GetRelativeVirtualAddress();
            if (address != 0) hash.AppendData(file.GetSectionData(address).GetContent(0, Size(reader, field)).AsSpan());
        }

        foreach (var handle in reader.ManifestResources)
        {
            var resource = reader.GetManifestResource(handle);
            if (!resource.Implementation.IsNil) continue;
            var start = file.PEHeaders.CorHeader!.ResourcesDirectory.RelativeVirtualAddress + (int)resource.Offset;
            var length = file.GetSectionData(start).GetReader(0, sizeof(int)).ReadInt32();
            hash.AppendData(file.GetSectionData(start).GetContent(0, sizeof(int) + length).AsSpan());
        }
    }

    private static byte[] Metadata(PEReader file, MetadataReader reader)
    {
        var bytes = file.GetMetadata().GetContent().AsSpan().ToArray();
        bytes.AsSpan(reader.GetHeapMetadataOffset(HeapIndex.Guid), reader.GetHeapSize(HeapIndex.Guid)).Clear();
        foreach (var table in (ReadOnlySpan<TableIndex>)[TableIndex.MethodDef, TableIndex.FieldRva])
        {
            for (var row = 0; row < reader.GetTableRowCount(table); row++)
                bytes.AsSpan(reader.GetTableMetadataOffset(table) + (row * reader.GetTableRowSize(table)), AddressBytes).Clear();
        }

        ClearPaths(bytes.AsSpan(reader.GetHeapMetadataOffset(HeapIndex.String), reader.GetHeapSize(HeapIndex.String)));
        return bytes;
    }

    // Such a name is "<File>F", a hash of the path in hexadecimal, "__", and what the source calls the type.
    private static void ClearPaths(Span<byte> names)
    {
        while (names.IndexOf(">F"u8) is >= 0 and var at)
        {
            names = names[(at + 2)..];
            if (names.Length < PathDigits || names[..PathDigits].ContainsAnyExcept(Hexadecimal)) continue;
            if (names[PathDigits..].StartsWith("__"u8)) names[..PathDigits].Clear();
        }
    }

    // How long a field's initial data are: those of a primitive type, or of a type that is nothing but so many bytes.
    private static int Size(MetadataReader reader, FieldDefinition field)
    {
        var signature = reader.GetBlobReader(field.Signature);
        signature.ReadSignatureHeader();
        return signature.ReadSignatureTypeCode() switch
        {
            SignatureTypeCode.TypeHandle when signature.ReadTypeHandle() is { Kind: HandleKind.TypeDefinition } type =>
                reader.GetTypeDefinition((TypeDefinitionHandle)type).GetLayout().Size,
            SignatureTypeCode.Boolean or SignatureTypeCode.Byte or SignatureTypeCode.SByte => sizeof(byte),
            SignatureTypeCode.Char or SignatureTypeCode.Int16 or SignatureTypeCode.UInt16 => sizeof(short),
            SignatureTypeCode.Int32 or SignatureTypeCode.UInt32 or SignatureTypeCode.Single => sizeof(int),
            SignatureTypeCode.Int64 or SignatureTypeCode.UInt64 or SignatureTypeCode.Double => sizeof(long),
            var other => throw new InvalidDataException($"initial data of a field of the type {other}"),
        };
    }
}
