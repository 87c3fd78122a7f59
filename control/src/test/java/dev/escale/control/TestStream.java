package dev.escale.control;

import java.net.http.WebSocket;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

/** The far end of an open page, as its script keeps it: {@code /stream}. */
public final class TestStream implements WebSocket.Listener {
    private static final long PATIENCE = 10;

    private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    private final CompletableFuture<Integer> closed = new CompletableFuture<>();
    private final StringBuilder text = new StringBuilder();
    private WebSocket socket;

    TestStream() {}

    TestStream on(WebSocket opened) {
        socket = opened;
        return this;
    }

    /** Replaces what was followed before. */
    public void follow(String part, String subject) {
        socket.sendText(
                        "{\"subscribe\":[{\"part\":\"%s\",\"subject\":\"%s\",\"target\":\"x\",\"after\":0}]}"
                                .formatted(part, subject),
                        true)
                .join();
    }

    /** The same of several. */
    public void follow(String part, List<String> subjects) {
        String wishes =
                subjects.stream()
                        .map(
                                each ->
                                        "{\"part\":\"%s\",\"subject\":\"%s\",\"target\":\"x\",\"after\":0}"
                                                .formatted(part, each))
                        .collect(Collectors.joining(","));
        socket.sendText("{\"subscribe\":[" + wishes + "]}", true).join();
    }

    /** The next drawing; the beats between are passed over. */
    public String drawing() {
        try {
            String next = heard.poll(PATIENCE, TimeUnit.SECONDS);
            while (next != null && next.equals("{}")) {
                next = heard.poll(PATIENCE, TimeUnit.SECONDS);
            }
            if (next == null) {
                throw new AssertionError("nothing was drawn");
            }
            return next;
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    /** All that has come so far and was not read. */
    public java.util.List<String> soFar() {
        java.util.List<String> all = new java.util.ArrayList<>();
        heard.drainTo(all);
        all.removeIf("{}"::equals);
        return all;
    }

    /** Code with which the server closes it. */
    public int closeCode() {
        try {
            return closed.get(PATIENCE, TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException failure) {
            throw new AssertionError("the stream stays open", failure);
        }
    }

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
        text.append(part);
        if (last) {
            heard.add(text.toString());
            text.setLength(0);
        }
        from.request(1);
        return CompletableFuture.completedStage(null);
    }

    @Override
    public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
        closed.complete(code);
        return CompletableFuture.completedStage(null);
    }

    @Override
    public void onError(WebSocket from, Throwable failure) {
        closed.complete(1006);
    }
}
