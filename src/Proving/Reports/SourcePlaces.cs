using System.Collections.Concurrent;
using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;

namespace RbpfSpec.Proving.Reports;

/// <summary>A line of a source file of the project.</summary>
/// <param name="File">The path from the project's folder, with slashes.</param>
/// <param name="Line">The line, from 1.</param>
public sealed record SourcePlace(string File, int Line);

/// <summary>
/// Where the source of a type or a method stands, by what the compiler noted beside the assembly: right wherever files are moved
/// to.
/// </summary>
public static class SourcePlaces
{
    // What the compiler writes in the place of the project's folder.
    private const string Root = "/_/";

    private static readonly ConcurrentDictionary<Module, Symbols?> Read = [];

    /// <summary>The place of a type, its first line that is executed, or of a method; null if nothing was noted.</summary>
    public static SourcePlace? Of(MemberInfo member) => Read.GetOrAdd(member.Module, Symbols.Of) is { } symbols
        ? member switch
        {
            MethodBase method => symbols.Of([method]),
            Type type => symbols.Of([.. type.GetConstructors(Everything), .. type.GetMethods(Everything)]) ?? symbols.Of(
                [.. type.GetNestedTypes(Everything).SelectMany(nested => nested.GetMethods(Everything))]),
            _ => null,
        }
        : null;

    private const BindingFlags Everything =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private sealed record Symbols(MetadataReaderProvider Provider)
    {
        public static Symbols? Of(Module module)
        {
            var file = Path.ChangeExtension(module.Assembly.Location, ".pdb");
            return module.Assembly.Location.Length > 0 && File.Exists(file)
                ? new(MetadataReaderProvider.FromPortablePdbStream(new MemoryStream(File.ReadAllBytes(file)))) : null;
        }

        public SourcePlace? Of(IEnumerable<MethodBase> methods) =>
            methods.Select(Of).OfType<SourcePlace>().GroupBy(place => place.File).OrderByDescending(file => file.Count())
            .Select(file => file.MinBy(place => place.Line)).FirstOrDefault();

        private SourcePlace? Of(MethodBase method)
        {
            lock (Provider)
            {
                var reader = Provider.GetMetadataReader();
                var handle = MetadataTokens.MethodDefinitionHandle(method.MetadataToken & 0xffffff).ToDebugInformationHandle();
                if (MetadataTokens.GetRowNumber(handle) > reader.MethodDebugInformation.Count) return null;
                var first = reader.GetMethodDebugInformation(handle).GetSequencePoints().FirstOrDefault(point => !point.IsHidden);
                return first.Document.IsNil || InProject(reader.GetString(reader.GetDocument(first.Document).Name)) is not { } file
                    ? null
                    : new(file, first.StartLine);
            }
        }
    }

    // A build for debugging notes full paths.
    private static string? InProject(string path)
    {
        if (path.StartsWith(Root, StringComparison.Ordinal)) return path[Root.Length..].Replace('\\', '/');
        for (var folder = Path.GetDirectoryName(path); folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (File.Exists(Path.Combine(folder, "RbpfSpec.sln"))) return Path.GetRelativePath(folder, path).Replace('\\', '/');
        }

        return null;
    }
}
