package dev.escale.control.web;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/**
 * All files under {@code static/}, read once. Their addresses carry one hash over all of them, so
 * that browsers keep them for good and a module finds its neighbours by relative names.
 */
public final class Assets {
    private static final String ROOT = "static/";
    private static final String STYLESHEET = "css/escale.css";
    private static final Pattern IMPORT = Pattern.compile("@import url\\(\"([^\"]+)\"\\);");

    private final TreeMap<String, Asset> files = new TreeMap<>();
    private final String hash;

    private Assets(TreeMap<String, byte[]> contents) {
        byte[] joined = join(contents);
        contents.keySet().removeIf(path -> path.startsWith("css/"));
        contents.put(STYLESHEET, joined);
        contents.forEach((path, bytes) -> files.put(path, Asset.of(path, bytes)));
        hash = hash(contents);
    }

    static Assets load() {
        TreeMap<String, byte[]> contents = new TreeMap<>();
        try {
            for (Resource file :
                    new PathMatchingResourcePatternResolver()
                            .getResources("classpath*:" + ROOT + "**/*.*")) {
                URL url = file.getURL();
                String path = url.toString();
                contents.put(
                        path.substring(path.lastIndexOf("/" + ROOT) + ROOT.length() + 1),
                        file.getContentAsByteArray());
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return new Assets(contents);
    }

    /** Address of a file, such as {@code icons.svg}. */
    public String url(String path) {
        if (!files.containsKey(path)) {
            throw new IllegalArgumentException("there is no asset " + path);
        }
        return "/assets/" + hash + "/" + path;
    }

    /** Address of the joined stylesheet. */
    public String stylesheet() {
        return url(STYLESHEET);
    }

    Optional<Asset> find(String path) {
        return Optional.ofNullable(files.get(path));
    }

    boolean isCurrent(String requestedHash) {
        return hash.equals(requestedHash);
    }

    private static byte[] join(TreeMap<String, byte[]> contents) {
        Matcher imports =
                IMPORT.matcher(new String(contents.get(STYLESHEET), StandardCharsets.UTF_8));
        return imports.replaceAll(
                        each ->
                                Matcher.quoteReplacement(
                                        new String(
                                                contents.get("css/" + each.group(1)),
                                                StandardCharsets.UTF_8)))
                .getBytes(StandardCharsets.UTF_8);
    }

    private static String hash(TreeMap<String, byte[]> contents) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            contents.forEach(
                    (path, bytes) -> {
                        digest.update(path.getBytes(StandardCharsets.UTF_8));
                        digest.update(bytes);
                    });
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(digest.digest())
                    .substring(0, 12);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
